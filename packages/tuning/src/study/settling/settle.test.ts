import { randomStream, streamKey, type DownhillError } from '@downhill/core';
import { describe, expect, test } from 'vitest';
import { inTurn } from '../../../test/study-kit.ts';
import {
  float,
  median,
  memoryStorage,
  openStudy,
  pruned,
  settle,
  space,
  type Direction,
  type MemoryStorage,
  type SettleProgress,
  type Settlement,
  type Trial,
} from '../../index.ts';

interface Given {
  readonly storage?: MemoryStorage;
  readonly direction?: Direction;
}

/** The study of one number, and the objective that it is for: the number, and normal noise of the trial's seed. */
const open = ({ storage = memoryStorage(), direction = 'minimize' }: Given = {}, ...tried: readonly number[]) =>
  openStudy({
    space: space({ x: float(0, 100) }),
    sampler: inTurn(...tried),
    pruner: median({ startupTrials: 0 }),
    direction,
    storage,
    seed: 3,
  });

const noisy = ({ settings: { x }, seed }: Trial<{ readonly x: number }>): number =>
  x + randomStream(streamKey(seed, 'noise', Math.round(x * 1000))).normalAt(0);

const found = async (given: Given, ...tried: readonly number[]) => {
  const study = await open(given, ...tried);
  await study.optimize(noisy, { trials: tried.length });
  return study;
};

const summary = ({ winner, tied, isTie, leaders }: Settlement) => ({
  winner: winner.settings['x'],
  tied: tied.map(({ settings }) => settings['x']),
  isTie,
  values: leaders.map(({ values }) => values),
});

const codeOf = (settled: Promise<unknown>): Promise<unknown> =>
  settled.then(
    () => 'no error',
    (error: DownhillError) => `${error.code}: ${error.message}`,
  );

describe('the leaders of a study', () => {
  test.each<[Direction, number]>([
    ['minimize', 10],
    ['maximize', 90],
  ])('are measured again until the best stands out: %s', async (direction, best) => {
    const study = await found({ direction }, 50, 10, 90, 40, 60);
    const settled = await settle(study, noisy);
    expect(summary(settled)).toMatchObject({ winner: best, tied: [], isTie: false });
    expect(settled.leaders.map(({ settings }) => settings.x)).toEqual(direction === 'minimize' ? [10, 40, 50] : [90, 60, 50]);
    expect(settled.winner.values.length).toBeLessThan(10);
    expect(Math.abs(settled.winner.mean - best)).toBeLessThan(5 * settled.winner.standardError);
  });

  test('are a tie where the noise does not tell them apart after the last repeat', async () => {
    const study = await found({}, 10, 10.1, 10.2, 60);
    const settled = await settle(study, noisy, { maxRepeats: 5 });
    expect(settled.isTie).toBe(true);
    expect([settled.winner, ...settled.tied].map(({ settings }) => settings.x).sort()).toEqual([10, 10.1, 10.2]);
    for (const { values } of settled.leaders) expect(values).toHaveLength(5);
    expect(settled.winner.mean).toBe(Math.min(...settled.leaders.map(({ mean }) => mean)));
  });

  test('are not measured more once they are clearly worse', async () => {
    const { leaders } = await settle(await found({}, 10, 10.1, 60), noisy, { maxRepeats: 8 });
    expect(leaders.map(({ values }) => values.length)).toEqual([8, 8, expect.toSatisfy((count: number) => count < 8)]);
  });

  test('are different settings, each found with its best value', async () => {
    const study = await found({}, 10, 10, 20);
    const { leaders } = await settle(study, noisy, { leaders: 2 });
    expect(leaders.map(({ settings }) => settings.x)).toEqual([10, 20]);
    const { trials } = await study.view();
    expect(leaders[0]?.found).toBe(trials[0]?.value);
  });

  test('draw the same seeds in each repeat, others than they were found with, and are repeats in the study', async () => {
    const study = await found({}, 10, 20);
    const seeds = new Map<string, number>();
    await settle(study, (trial) => {
      seeds.set(`${trial.settings.x} ${trial.repeat}`, trial.seed);
      return noisy(trial);
    });
    for (const repeat of [1, 2, 3]) expect(seeds.get(`10 ${repeat}`)).toBe(seeds.get(`20 ${repeat}`));
    expect(new Set(seeds.values()).size).toBe(seeds.size / 2);
    const repeats = (await study.view()).trials.filter(({ repeat }) => repeat > 0);
    expect(repeats.map(({ repeats, repeat, settings }) => `${String(repeats)} ${settings.x} ${repeat}`).sort()).toEqual(
      [...seeds.keys()].map((key) => `${key.startsWith('10') ? 0 : 1} ${key}`).sort(),
    );
  });

  test('never end by the pruner', async () => {
    const study = await found({}, 10, 20);
    const answers: boolean[] = [];
    await settle(study, async (trial) => {
      for (let step = 0; step < 3; step += 1) answers.push(await trial.report(step, 1e9));
      return noisy(trial);
    });
    expect(answers.some((ends) => ends)).toBe(false);
  });

  test('come to the same end with several at a time', async () => {
    const results = [];
    for (const parallel of [1, 4]) results.push(summary(await settle(await found({}, 10, 10.5, 12, 60), noisy, { parallel, leaders: 4 })));
    expect(results[1]).toEqual(results[0]);
  });
});

describe('settling that was killed', () => {
  const tried = [10, 10.8, 13, 60] as const;
  const whole = async () => summary(await settle(await found({}, ...tried), noisy));

  test.each([1, 2, 5, 8, 9])('in repeat %d goes on to the same end, and measures nothing twice that had ended', async (last) => {
    const storage = memoryStorage();
    const first = await found({ storage }, ...tried);
    let [began, ended] = [0, 0];
    const dies = new Promise<void>((resolve) => {
      const objective = (trial: Trial<{ readonly x: number }>): number | Promise<number> => {
        began += 1;
        if (began < last) return noisy(trial);
        resolve();
        return new Promise<number>(() => undefined); // the process is gone
      };
      void settle(first, objective, { onEvent: ({ type }) => void (ended += type === 'repeat' ? 1 : 0) });
    });
    await dies;
    storage.close();
    const second = await open({ storage: storage.another() }, ...tried);
    let again = 0;
    const settled = await settle(second, (trial) => {
      again += 1;
      return noisy(trial);
    });
    expect(summary(settled)).toEqual(await whole());
    expect(ended + again).toBe(settled.leaders.reduce((sum, { values }) => sum + values.length, 0));
  });

  test('by a signal says so, and goes on in the next call', async () => {
    const study = await found({}, ...tried);
    const controller = new AbortController();
    let runs = 0;
    const stopped = settle(
      study,
      (trial) => {
        runs += 1;
        if (runs === 4) {
          controller.abort(new Error('enough'));
          throw new Error('stopped in the middle');
        }
        return noisy(trial);
      },
      { signal: controller.signal },
    );
    expect(await codeOf(stopped)).toMatch(/^aborted: .*settle: it was stopped before a winner stood out\. Call it again/);
    expect((await study.view()).trials.filter(({ state }) => state === 'waiting')).toHaveLength(1);
    expect(summary(await settle(study, noisy))).toEqual(await whole());
  });

  test('and had come to an end runs nothing again', async () => {
    const study = await found({}, ...tried);
    const settled = await settle(study, noisy);
    const events: SettleProgress[] = [];
    expect(await settle(study, () => Promise.reject(new Error('not to be run')), { onEvent: (event) => events.push(event) })).toEqual(
      settled,
    );
    expect(events).toEqual([]);
  });
});

describe('a repeat that fails', () => {
  test('takes its leader out, and says why', async () => {
    const study = await found({}, 10, 20, 30);
    const settled = await settle(study, (trial) => (trial.settings.x === 10 && trial.repeat === 2 ? Number.NaN : noisy(trial)));
    expect(settled.winner.settings.x).toBe(20);
    expect(settled.leaders[0]).toMatchObject({ number: 0, error: expect.stringMatching(/^trial \d+: .*finite number, got NaN/) });
    expect(settled.leaders[0]?.values).toHaveLength(1);
  });

  test('of the only leader leaves none, which is an error', async () => {
    const study = await found({}, 10);
    expect(await codeOf(settle(study, () => pruned))).toMatch(/^member-failed: .*trial 1: it ended as pruned/);
  });
});

test('progress tells each round, and each repeat as it ends', async () => {
  const events: SettleProgress[] = [];
  const settled = await settle(await found({}, 10, 60), noisy, { onEvent: (event) => events.push(event) });
  const repeats = events.flatMap((event) => (event.type === 'repeat' ? event.trial.value : []));
  expect(repeats.sort()).toEqual(settled.leaders.flatMap(({ values }) => values).sort());
  const rounds = events.flatMap((event) => (event.type === 'round' ? event.repeats : []));
  expect(rounds).toEqual(Array.from({ length: settled.winner.values.length - 2 }, (_, i) => i + 3));
});

test('what cannot be settled is refused', async () => {
  const study = await open({}, 1);
  expect(await codeOf(settle(study, noisy))).toMatch(
    /^invalid-argument: .*settle: the study 'study' has no complete trial\. Optimize it first/,
  );
  const refused = (options: object): Promise<unknown> => codeOf(settle(study, noisy, options));
  expect(await refused({ leaders: 0 })).toMatch(/`leaders` must be a whole number, at least 1, got 0/);
  expect(await refused({ minRepeats: 1 })).toMatch(/`minRepeats` .* at least 2, got 1/);
  expect(await refused({ maxRepeats: 2 })).toMatch(/`maxRepeats` .* at least 3, got 2/);
  expect(await refused({ confidence: 1 })).toMatch(/`confidence` .* below 1, got 1/);
  expect(await refused({ parallel: 0 })).toMatch(/`parallel` .* got 0/);
  expect(await refused({ repeats: 4 })).toMatch(/no option `repeats`/);
  expect(await refused({ onEvent: 1 })).toMatch(/`onEvent` must be a function, got 1/);
  expect(await codeOf(settle(study, undefined as never))).toMatch(/takes a study and a function of a trial, got undefined/);
});

test('an error of the callback ends it', async () => {
  const settled = settle(await found({}, 10, 20), noisy, {
    onEvent() {
      throw new Error('no more');
    },
  });
  expect(await codeOf(settled)).toMatch(/onEvent: threw Error: no more/);
});
