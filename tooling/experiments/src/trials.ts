import type { DataSet, Experiment, Trial } from './experiment.ts';

/** All trials, in the order in which they are done: the arms of a pair one after the other, so that an early stop leaves few halves. */
export function trialsOf(
  { arms }: Experiment,
  dataSets: readonly DataSet[],
  { seeds, quick }: { seeds: number; quick: boolean },
): readonly Trial[] {
  return dataSets.flatMap((dataSet) => {
    const plan = dataSet.plan(quick);
    return seedsUpTo(seeds).flatMap((seed) => arms.map((arm) => ({ dataSet: dataSet.name, arm, seed, quick, plan })));
  });
}

const seedsUpTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);

/** The name of a trial, also of its file. */
export const trialName = ({ dataSet, arm, seed }: Trial): string => `${dataSet} ${arm} ${seed}`.replaceAll(' ', '-');
