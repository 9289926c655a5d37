import type { Json } from '@downhill/core';
import { byName } from '../by-name.ts';
import { flat } from './flat.ts';
import type { ReportRun } from './report-run.ts';

/** What a run came to, by the name of the column that it stands in. */
export type Ends = ReadonlyMap<string, Json>;

/** The last and the best of what runs are compared by, and what else the run ended with. */
export function endsOf({ readings, ends = {} }: ReportRun): Ends {
  const scalars = byName(readings, 'scalar');
  const valuesOf = (...names: readonly string[]): number[] =>
    (names.map((name) => scalars.get(name)).find((found) => found !== undefined) ?? []).map(({ value }) => value);
  const loss = valuesOf('epoch/loss', 'loss');
  const validationLoss = valuesOf('val_loss');
  const accuracy = valuesOf('epoch/accuracy', 'epoch/acc', 'accuracy', 'acc');
  const validationAccuracy = valuesOf('val_accuracy', 'val_acc');
  const furthest = (of: 'step' | 'epoch'): number | undefined =>
    readings.length === 0 ? undefined : readings.reduce((most, reading) => Math.max(most, reading[of]), 0);
  const columns: readonly (readonly [string, number | undefined])[] = [
    ['steps', furthest('step')],
    ['epochs', furthest('epoch')],
    ['train loss', loss.at(-1)],
    ['validation loss', validationLoss.at(-1)],
    ['lowest validation loss', best(validationLoss, Math.min)],
    ['train accuracy', accuracy.at(-1)],
    ['validation accuracy', validationAccuracy.at(-1)],
    ['best validation accuracy', best(validationAccuracy, Math.max)],
  ];
  return new Map<string, Json>([...columns.filter((column): column is [string, number] => column[1] !== undefined), ...flat(ends)]);
}

function best(values: readonly number[], of: (...values: number[]) => number): number | undefined {
  const finite = values.filter(Number.isFinite);
  return finite.length === 0 ? undefined : finite.reduce((a, b) => of(a, b));
}

/** What was made of the run in a few words: its first finding, else the last text named `verdict` or `doctor`. */
export function verdictOf({ findings = [], readings }: ReportRun): string {
  const texts = byName(readings, 'text');
  return findings[0]?.summary ?? (texts.get('verdict') ?? texts.get('doctor'))?.at(-1)?.text ?? '';
}
