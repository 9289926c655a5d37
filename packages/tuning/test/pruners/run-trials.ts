import type { Direction, FrozenTrial, Pruner, Report, StudyView } from '@downhill/core';

/** A view of trials, without a space. */
export const viewOf = (trials: readonly FrozenTrial[], direction: Direction = 'minimize'): StudyView => ({
  name: 'downhill',
  direction,
  seed: 0,
  space: { parameters: {}, toJSON: () => ({}) },
  trials,
});

export const trialOf = (number: number, more: Partial<FrozenTrial> = {}): FrozenTrial => ({
  number,
  state: 'running',
  settings: {},
  reports: [],
  repeat: 0,
  attributes: {},
  ...more,
});

/** Reports at the steps from 0 on, or at those given with their values. */
export const reportsOf = (...values: readonly (number | readonly [number, number])[]): readonly Report[] =>
  values.map((value, i) => (typeof value === 'number' ? { step: i, value } : { step: value[0], value: value[1] }));

export const completeTrial = (number: number, ...values: readonly number[]): FrozenTrial =>
  trialOf(number, { state: 'complete', reports: reportsOf(...values), value: values.at(-1) ?? 0 });

/** Runs trials one after the other; each reports its curve until the pruner ends it. Those that end with NaN fail. */
export function runTrials(pruner: Pruner, curves: readonly (readonly Report[])[], direction: Direction): readonly FrozenTrial[] {
  const trials: FrozenTrial[] = [];
  for (const [number, curve] of curves.entries()) {
    const end = curve.findIndex((_, i) => {
      const running = trialOf(number, { reports: curve.slice(0, i + 1) });
      return pruner.shouldPrune(viewOf([...trials, running], direction), running);
    });
    const value = curve.at(-1)?.value ?? Number.NaN;
    if (end >= 0) trials.push(trialOf(number, { state: 'pruned', reports: curve.slice(0, end + 1) }));
    else
      trials.push(
        trialOf(number, Number.isNaN(value) ? { state: 'failed', reports: curve } : { state: 'complete', reports: curve, value }),
      );
  }
  return trials;
}
