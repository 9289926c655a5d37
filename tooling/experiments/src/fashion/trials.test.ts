import { beforeAll, describe, expect, test } from 'vitest';
import { augmentationGain } from '../augmentation-gain/experiment.ts';
import { ensembles } from '../ensembles/experiment.ts';
import { TIME } from '../ensembles/quantities.ts';
import type { Experiment, Outcome } from '../experiment.ts';
import { generalization } from '../generalization/experiment.ts';

const signal = new AbortController().signal;

describe.each([augmentationGain, ensembles, generalization])('trials of $name', (experiment: Experiment) => {
  const [dataSet] = experiment.dataSets;
  const [baseline] = experiment.arms;
  const plan = dataSet!.plan(true);

  /** What a trial ends with, less the time that it took. */
  async function trained(arm: string, seed: number): Promise<Outcome> {
    const outcome = await experiment.train({ dataSet: dataSet!.name, arm, seed, quick: true, plan }, { signal, onStep: () => {} });
    const { [TIME]: _, ...quantities } = outcome!.quantities;
    return { ...outcome!, quantities };
  }

  beforeAll(async () => {
    await experiment.prepare!([dataSet!], { signal, onPart: () => {} });
  }, 120_000);

  test('depend on the seed and the arm alone, whatever was trained before', async () => {
    const outcomes = new Map<string, Outcome>();
    for (const arm of experiment.arms) outcomes.set(arm, await trained(arm, 1));
    for (const arm of experiment.arms.slice(0, 2)) expect(await trained(arm, 1)).toEqual(outcomes.get(arm));
    expect(await trained(baseline, 2)).not.toEqual(outcomes.get(baseline));
    // Early stopping looks on: so few epochs are not enough for its patience.
    const others = [...outcomes].filter(([arm]) => arm !== 'early stopping').map(([, { weights }]) => weights);
    expect(new Set(others).size).toBe(others.length);
  }, 120_000);

  test('end without a result where the signal says so', async () => {
    const watch = { signal: AbortSignal.abort(), onStep: () => {} };
    expect(await experiment.train({ dataSet: dataSet!.name, arm: baseline, seed: 1, quick: true, plan }, watch)).toBeUndefined();
  });
});
