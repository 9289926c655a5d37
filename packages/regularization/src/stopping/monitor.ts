import { checkNumber, checkOneOf, DownhillError } from '@downhill/core';

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

const LESS = /(^|_)(loss|error|mse|mae|mape|perplexity|divergence|crossentropy|cross_entropy)($|_)|Error|Loss|Entropy|Crossentropy/;
const MORE = /acc|auc|precision|recall|f1|iou|dice|r2|similarity/i;

/** @throws DownhillError `invalid-argument` for a negative `minDelta`, or where `auto` cannot tell from the name. */
export function monitorOf(source: string, { monitor = 'val_loss', mode = 'auto', minDelta = 0 }: MonitorOptions): Monitor {
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

/** The monitored number of an epoch. @throws DownhillError `unknown-name` naming what there is. */
export function monitored(source: string, monitor: string, metrics: Readonly<Record<string, number>>): number {
  const value = Object.hasOwn(metrics, monitor) ? metrics[monitor] : undefined;
  if (value !== undefined) return value;
  throw unknown(source, monitor, Object.keys(metrics));
}

/**
 * Looks for a wrong name as early as a step can tell: whether there is a validation shows only at the end of the epoch.
 *
 * @throws DownhillError `unknown-name` naming what there is.
 */
export function checkMonitorOfStep(source: string, monitor: string, metrics: Readonly<Record<string, number>>): void {
  const names = ['loss', ...Object.keys(metrics)];
  if (!names.includes(monitor.replace(/^val_/, ''))) throw unknown(source, monitor, [...names, ...names.map((name) => `val_${name}`)]);
}

function unknown(source: string, monitor: string, names: readonly string[]): DownhillError {
  return new DownhillError({
    code: 'unknown-name',
    source,
    problem: `\`monitor\` is '${monitor}', but the metrics of the run are ${names.join(', ') || 'none'}`,
    advice: monitor.startsWith('val_') ? 'Those of the validation are there where the run has validation data.' : 'Name one of them.',
  });
}
