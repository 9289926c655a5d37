import { checkNumber, checkOneOf, DownhillError, show } from '@downhill/core';

/** Which number of an epoch is watched, and when one of its values is better than another. */
export interface MonitorOptions {
  /** A metric of the epoch: `loss`, one of the run's metrics, or with the prefix `val_` that of the validation. @defaultValue 'val_loss' (Keras) */
  readonly monitor?: string;
  /** Whether less or more is better; `auto` goes by the name. @defaultValue 'auto' (Keras) */
  readonly mode?: 'auto' | 'min' | 'max';
  /** A smaller change is no improvement; at least 0. @defaultValue 0 (Keras) */
  readonly minDelta?: number;
}

/** What {@link MonitorOptions} come to. */
export interface Monitor {
  readonly name: string;
  /** Whether `value` beats `reference`, or there is none yet. NaN beats nothing, and nothing beats NaN. */
  improves(value: number, reference: number | null): boolean;
}

/** The options where nothing is said. */
export const MONITOR: Required<MonitorOptions> = Object.freeze({ monitor: 'val_loss', mode: 'auto', minDelta: 0 });

const LESS = /(^|_)(loss|error|mse|mae|mape|perplexity|divergence|crossentropy|cross_entropy)($|_)|Error|Loss|Entropy|Crossentropy/;
const MORE = /acc|auc|precision|recall|f1|iou|dice|r2|similarity/i;

/** @throws DownhillError `invalid-argument` for a name that is no text, a negative `minDelta`, or where `auto` cannot tell from the name. */
export function monitorOf(source: string, { monitor, mode, minDelta }: Required<MonitorOptions>): Monitor {
  if (typeof monitor !== 'string')
    throw new DownhillError({
      code: 'invalid-argument',
      source,
      problem: `\`monitor\` must be the name of a metric, got ${show(monitor)}`,
    });
  checkOneOf(source, 'mode', mode, ['auto', 'min', 'max']);
  checkNumber(source, { minDelta }, { min: 0 });
  const direction = mode === 'auto' ? directionOf(source, monitor) : mode;
  const beats = (value: number, reference: number): boolean =>
    direction === 'min' ? value + minDelta < reference : value - minDelta > reference;
  return { name: monitor, improves: (value, reference) => reference === null || beats(value, reference) };
}

function directionOf(source: string, monitor: string): 'min' | 'max' {
  if (LESS.test(monitor)) return 'min';
  if (MORE.test(monitor)) return 'max';
  throw new DownhillError({
    code: 'invalid-argument',
    source,
    problem: `\`mode\` must be 'min' or 'max': whether less or more is better does not show in the name '${monitor}'`,
  });
}

/** @throws DownhillError `unknown-name` naming what there is, where the run has no such metric. */
export function checkMonitored(source: string, monitor: string, names: readonly string[]): void {
  if (names.includes(monitor)) return;
  const wantsValidation = monitor.startsWith('val_') && !names.some((name) => name.startsWith('val_'));
  throw new DownhillError({
    code: 'unknown-name',
    source,
    problem: `\`monitor\` is '${monitor}', but the metrics of the run are ${names.join(', ') || 'none'}`,
    advice: wantsValidation ? 'Those of the validation are there where the run has validation data.' : 'Name one of them.',
  });
}

/** The monitored number of an epoch. @throws DownhillError `unknown-name` naming what there is. */
export function monitored(source: string, monitor: string, metrics: Readonly<Record<string, number>>): number {
  checkMonitored(source, monitor, Object.keys(metrics));
  return metrics[monitor] ?? Number.NaN;
}
