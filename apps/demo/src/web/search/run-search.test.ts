import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { oddsOf } from './odds.ts';
import { runSearch, WAYS, type SearchRun, type SearchTrial } from './run-search.ts';
import { DEFAULT_SEARCH, trialsOf, type SearchState } from './search-state.ts';
import { toyLoss } from './toy-loss.ts';
import { trainingLoss } from './training-loss.ts';

beforeAll(async () => {
  await setBackend('cpu');
});

const never = new AbortController().signal;

async function trialsWith(name: string, part: Partial<SearchState> = {}, loss: SearchRun['loss'] = toyLoss(0.1)): Promise<SearchTrial[]> {
  const trials: SearchTrial[] = [];
  const way = WAYS.find((other) => other.name === name)!;
  await runSearch({ way, state: { ...DEFAULT_SEARCH, ...part }, loss, signal: never, onTrial: (trial) => trials.push(trial) });
  return trials;
}

const lowest = (trials: readonly SearchTrial[]): number => Math.min(...trials.map(({ loss }) => loss ?? Infinity));
const values = (trials: readonly SearchTrial[], axis: 'x' | 'y'): number => new Set(trials.map((trial) => trial[axis])).size;

describe('of as many trials', () => {
  test('the grid tries few values of each number, the others a new one each time', async () => {
    for (const side of [2, 5]) {
      const grid = await trialsWith('Grid', { side });
      expect([grid.length, values(grid, 'x'), values(grid, 'y')]).toEqual([side ** 2, side, side]);
      for (const name of ['Random', 'TPE']) {
        const trials = await trialsWith(name, { side });
        expect([trials.length, values(trials, 'x'), values(trials, 'y')]).toEqual([side ** 2, side ** 2, side ** 2]);
      }
    }
  });

  test('random search ends below the grid under most seeds where one number decides', async () => {
    const odds = await oddsOf({ state: DEFAULT_SEARCH, loss: toyLoss(0.1), signal: never }, 20);
    expect(odds?.seeds).toBe(20);
    expect(odds?.wins[0]).toBe(0);
    expect(odds?.wins[1]).toBeGreaterThanOrEqual(17);
    expect(odds?.wins[2]).toBeGreaterThanOrEqual(17);
  });

  test('TPE begins as random search does, and then goes where the good trials were', async () => {
    const [random, tpe] = [await trialsWith('Random', { side: 6 }), await trialsWith('TPE', { side: 6 })];
    expect(tpe.slice(0, 10)).toEqual(random.slice(0, 10));
    expect(lowest(tpe)).toBeLessThan(lowest(random));
  });
});

test('the same seed gives the same trials, another one others; the grid has no seed', async () => {
  expect(await trialsWith('Random', { seed: 3 })).toEqual(await trialsWith('Random', { seed: 3 }));
  expect(await trialsWith('Random', { seed: 4 })).not.toEqual(await trialsWith('Random', { seed: 3 }));
  expect(await trialsWith('Grid', { seed: 4 })).toEqual(await trialsWith('Grid', { seed: 3 }));
});

test('a trial without a finite loss is one of the trials', async () => {
  const trials = await trialsWith('Grid', { side: 2 }, (x) => (x === 0 ? Number.NaN : x));
  expect(trials.map(({ loss }) => loss)).toEqual([undefined, undefined, 1, 1]);
});

test('a search that is told to stop ends', async () => {
  const stop = new AbortController();
  const trials: SearchTrial[] = [];
  const loss = (x: number): number => {
    if (trials.length === 2) stop.abort();
    return x;
  };
  await runSearch({ way: WAYS[1]!, state: DEFAULT_SEARCH, loss, signal: stop.signal, onTrial: (trial) => trials.push(trial) });
  expect(trials.length).toBeLessThan(trialsOf(DEFAULT_SEARCH));
});

describe('the training', () => {
  test('depends on its learning rate, and hardly on a weight decay that is not large', () => {
    const good = trainingLoss(0.03, 1e-4);
    expect(good).toBeLessThan(0.45);
    expect(trainingLoss(1e-4, 1e-4)).toBeGreaterThan(good + 0.1);
    expect(trainingLoss(1, 1e-4)).toBeGreaterThan(good + 0.1);
    for (const decay of [1e-6, 1e-3]) expect(Math.abs(trainingLoss(0.03, decay) - good)).toBeLessThan(0.01);
  });

  test('drawn over the logarithm has as many small rates as large ones, drawn evenly hardly any', async () => {
    const small = async (scale: SearchState['scale']): Promise<number> =>
      (await trialsWith('Random', { objective: 'training', scale, side: 8 }, () => 0)).filter(({ x }) => x < 0.01).length;
    expect(await small('logarithm')).toBeGreaterThan(20);
    expect(await small('even')).toBeLessThan(5);
  });
});
