import { checkOneOf, show } from './check.ts';
import { DownhillError } from './errors.ts';

const LESS = /(^|_)(loss|error|mse|mae|mape|perplexity|divergence|crossentropy|cross_entropy)($|_)|Error|Loss|Entropy|Crossentropy/;
const MORE = /acc|auc|precision|recall|f1|iou|dice|r2|similarity/i;

/**
 * Whether less or more of a metric is better; `auto` goes by its name.
 *
 * @example
 * monitorDirection('earlyStopping', { monitor: 'val_accuracy', mode: 'auto' }); // 'max'
 *
 * @throws DownhillError `invalid-argument` for a name that is no text, another mode, or where `auto` cannot tell from the name.
 */
export function monitorDirection(
  source: string,
  { monitor, mode }: { readonly monitor: string; readonly mode: 'auto' | 'min' | 'max' },
): 'min' | 'max' {
  if (typeof monitor !== 'string')
    throw new DownhillError({
      code: 'invalid-argument',
      source,
      problem: `\`monitor\` must be the name of a metric, got ${show(monitor)}`,
    });
  checkOneOf(source, 'mode', mode, ['auto', 'min', 'max']);
  if (mode !== 'auto') return mode;
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
