import { expect, test } from 'vitest';
import { RATES, tune, tuningSeeds, type Try } from './tune.ts';

const seeds = tuningSeeds(2);

/** Runs that take so many steps, however few they are given. */
const taking =
  (stepsOf: (learningRate: number, seed: number) => number, asked: string[] = []): Try =>
  (learningRate, seed, mostSteps) => {
    asked.push(`${learningRate} ${seed} ${mostSteps}`);
    const steps = stepsOf(learningRate, seed);
    return Promise.resolve({ steps: steps <= mostSteps ? steps : null, evaluations: steps, loss: steps });
  };

const farFrom = (best: number, learningRate: number): number => Math.round(10 * 2 ** Math.abs(Math.log10(learningRate / best)));

test.each([0.03, 0.1, 0.3, 1, 300, 0.00003])('finds %d, by half decades', async (best) => {
  expect(
    await tune(
      taking((rate) => farFrom(best, rate)),
      { mostSteps: 1000, rates: RATES, seeds },
    ),
  ).toBe(best);
});

test('the slower of the seeds counts', async () => {
  const [first, second] = seeds;
  const lucky = (rate: number, seed: number): number => (rate === 0.01 && seed === first ? 1 : rate === 0.01 && seed === second ? 90 : 50);
  expect(await tune(taking(lucky), { mostSteps: 1000, rates: [0.01, 1], seeds })).toBe(1);
});

test('what is slower than the best so far is cut short there, with one seed', async () => {
  const asked: string[] = [];
  await tune(
    taking((rate) => farFrom(0.01, rate), asked),
    { mostSteps: 1000, rates: [0.01, 100], seeds },
  );
  expect(asked.slice(0, 3)).toEqual(['0.01 1001 1000', '0.01 1002 1000', '100 1001 10']);
});

test('where none gets there, the one that comes nearest is taken, and NaN is far away', async () => {
  const losses: Readonly<Record<number, number>> = { 0.01: 3, 0.1: 2, 1: Number.NaN };
  const never: Try = (rate) => Promise.resolve({ steps: null, evaluations: 1, loss: losses[rate] ?? Infinity });
  expect(await tune(never, { mostSteps: 10, rates: [1, 0.01, 0.1], seeds })).toBe(0.1);
});
