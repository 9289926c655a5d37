import type { Direction, FrozenTrial, Settings, StudyView } from '@downhill/core';

/** What is read here of a study, whatever its settings. */
type Typed<Sampled extends Settings> = Pick<StudyView, 'direction'> & { readonly trials: readonly FrozenTrial<Sampled>[] };

/**
 * The trials that say something of their own about the space: not those that another one goes on from, and no repeats. This is what samplers
 * and pruners look at; each configuration is there once.
 *
 * @example
 * const study = await openStudy({ space: space({ rate: float(0, 1) }) });
 * await study.optimize(({ settings }) => settings.rate, { trials: 3 });
 * await study.ask({ repeats: 1 });
 * distinctTrials(await study.view()).map(({ number }) => number); // [0, 1, 2]
 */
export function distinctTrials<Sampled extends Settings>({ trials }: Pick<Typed<Sampled>, 'trials'>): readonly FrozenTrial<Sampled>[] {
  const continued = new Set(trials.map(({ continues }) => continues));
  return trials.filter(({ number, repeat }) => repeat === 0 && !continued.has(number));
}

/** Whether the first value is better than the second. */
export const isBetter = (direction: Direction, value: number, than: number): boolean =>
  direction === 'minimize' ? value < than : value > than;

/** Negative where the first value is better, for sorting. */
export const compareValues = (direction: Direction, a: number, b: number): number =>
  isBetter(direction, a, b) ? -1 : isBetter(direction, b, a) ? 1 : 0;

/**
 * The complete trial with the best value, the first of them where several share it; undefined where none is complete. Repeats do not count.
 *
 * @example
 * const study = await openStudy({ space: space({ units: int(1, 9) }), sampler: grid() });
 * bestTrial(await study.optimize(({ settings }) => Math.abs(settings.units - 4))).settings; // { units: 4 }
 */
export function bestTrial<Sampled extends Settings>(study: Typed<Sampled>): FrozenTrial<Sampled> | undefined {
  let best: FrozenTrial<Sampled> | undefined;
  for (const trial of distinctTrials(study)) {
    if (trial.state !== 'complete' || trial.value === undefined) continue;
    if (best?.value === undefined || isBetter(study.direction, trial.value, best.value)) best = trial;
  }
  return best;
}
