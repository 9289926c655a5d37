import { expect, test } from 'vitest';
import type { Outcome } from '../experiment.ts';
import { dataSets } from './data-sets.ts';
import { trainDigits } from './train.ts';

const plan = dataSets['mnist']!.plan(true);

async function trained(arm: string, seed: number): Promise<Outcome | undefined> {
  const steps: number[] = [];
  const outcome = await trainDigits(
    { dataSet: 'mnist', arm, seed, quick: true, plan },
    { signal: new AbortController().signal, onStep: (step) => steps.push(step) },
  );
  expect(steps).toEqual(Array.from({ length: plan.steps }, (_, index) => index + 1));
  return outcome;
}

// Pairs are worth something only if nothing but the arm differs, whatever the process did before.
test('a trial depends on its arm and seed alone, and the arms differ', async () => {
  const direct = await trained('direct', 1);
  const winograd = await trained('winograd', 1);
  expect(await trained('direct', 1)).toEqual(direct);
  expect(await trained('winograd', 1)).toEqual(winograd);
  expect(winograd!.weights).not.toBe(direct!.weights);
  expect(await trained('direct', 2)).not.toEqual(direct);
  // Rounding apart they start alike: the losses of ten steps differ by less than a hundredth, those of other seeds by much more.
  const lossOf = (outcome: Outcome | undefined): number => outcome!.quantities['training loss, last epoch']!;
  expect(Math.abs(lossOf(winograd) - lossOf(direct))).toBeLessThan(0.01);
  for (const value of Object.values(direct!.quantities)) expect(value).toBeGreaterThan(0);
});

test('a signal ends it without a result', async () => {
  const watch = { signal: AbortSignal.abort(), onStep: () => {} };
  expect(await trainDigits({ dataSet: 'mnist', arm: 'direct', seed: 1, quick: true, plan }, watch)).toBeUndefined();
});
