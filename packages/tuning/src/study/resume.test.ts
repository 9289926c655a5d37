import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dyingAfter, halves, fromAll, timeless } from '../../test/study-kit.ts';
import {
  asha,
  float,
  memoryStorage,
  openStudy,
  pruned,
  random,
  space,
  tpe,
  type MemoryStorage,
  type Pruned,
  type Pruner,
  type Sampler,
  type Storage,
  type Study,
  type Trial,
} from '../index.ts';

const STEPS = 6;
const TRIALS = 6;
const searched = space({ rate: float(0.01, 0.5), momentum: float(0, 0.9) });
type Given = Trial<{ rate: number; momentum: number }>;

/** Descends a bowl with momentum; weights and velocity are all of its state. */
function descend(state: Float64Array, { rate, momentum }: Given['settings'], seed: number): void {
  for (let i = 0; i < 2; i += 1) {
    const gradient = (i + 1) * (state[i] ?? 0) + ((seed % 7) - 3) / 100;
    state[i + 2] = momentum * (state[i + 2] ?? 0) - rate * gradient;
    state[i] = (state[i] ?? 0) + (state[i + 2] ?? 0);
  }
}

const lossOf = ([a = 0, b = 0]: Float64Array) => a * a + b * b;

const straight = (settings: Given['settings'], seed: number): number => {
  const state = new Float64Array([1, -1, 0, 0]);
  for (let step = 1; step <= STEPS; step += 1) descend(state, settings, seed);
  return lossOf(state);
};

interface Interruption {
  /** Called at each place where a training can be stopped. */
  readonly at: () => void;
}

/** A training that keeps its state before each report, or after it. */
const training =
  ({ at }: Interruption, keepsFirst: boolean) =>
  async (trial: Given): Promise<number | Pruned> => {
    const { checkpoints, settings, seed } = trial;
    const has = (await checkpoints.list()).includes('state');
    const [from = 0, ...kept] = has ? new Float64Array((await checkpoints.read('state')).buffer) : [0, 1, -1, 0, 0];
    const state = Float64Array.from(kept);
    for (let step = from + 1; step <= STEPS; step += 1) {
      at();
      descend(state, settings, seed);
      const keep = () => checkpoints.write('state', new Uint8Array(Float64Array.of(step, ...state).buffer));
      if (keepsFirst) await keep();
      const ends = await trial.report(step, lossOf(state));
      if (!keepsFirst) await keep();
      at();
      if (ends) return pruned;
    }
    return lossOf(state);
  };

const open = (storage: Storage, sampler: Sampler, pruner?: Pruner) =>
  openStudy({ space: searched, sampler, seed: 5, storage, ...(pruner === undefined ? {} : { pruner }) });

type Opened = Study<(typeof searched)['parameters']>;

/** How many of the trials that were asked for are still to be run or finished. */
const left = async (study: Opened) =>
  TRIALS -
  (await study.view()).trials.filter(({ state, continues }) => continues === undefined && state !== 'waiting' && state !== 'running')
    .length;

const never = { at: () => {} };

describe.each<[string, () => Sampler, () => Pruner | undefined]>([
  ['random settings', random, () => undefined],
  ['settings of TPE, and ASHA', () => tpe({ startupTrials: 2 }), () => asha({ maxResource: STEPS, reductionFactor: 2 })],
  ['settings that depend on what came before, and a pruner that promotes', fromAll, () => halves(1, 3)],
])('a study with %s', (_, sampler, pruner) => {
  const runThrough = async (storage: MemoryStorage, keepsFirst: boolean) => {
    const study = await open(storage, sampler(), pruner());
    return timeless(await study.optimize(training(never, keepsFirst), { trials: TRIALS }));
  };

  test('is the same after it was killed at any event and resumed', async () => {
    const whole = memoryStorage();
    const expected = await runThrough(whole, false);
    const events = (await whole.read(0)).length;
    expect(expected.some(({ state }) => state === 'complete')).toBe(true);
    for (let place = 0; place < events; place += 1) {
      const memory = memoryStorage();
      const { storage, death } = dyingAfter(memory, place);
      const dying = open(storage, sampler(), pruner()).then((study) => study.optimize(training(never, false), { trials: TRIALS }));
      await Promise.race([dying, death]);
      const study = await open(memory.another(), sampler(), pruner());
      const resumed = await study.optimize(training(never, false), { trials: await left(study) });
      expect(timeless(resumed), `killed after ${place} of ${events} events`).toEqual(expected);
    }
  });

  test('is the same after Ctrl-C at any places, and resumed each time', async () => {
    const expected = await runThrough(memoryStorage(), true);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(30), { maxLength: 6 }), fc.boolean(), async (places, keepsFirst) => {
        const study = await open(memoryStorage(), sampler(), pruner());
        for (const place of places) {
          const controller = new AbortController();
          let count = 0;
          const at = () => {
            count += 1;
            if (count <= place) return;
            controller.abort();
            throw new Error('stopped');
          };
          const view = await study.optimize(training({ at }, keepsFirst), { trials: await left(study), signal: controller.signal });
          expect(view.trials.filter(({ state }) => state === 'failed' || state === 'running')).toEqual([]);
        }
        const resumed = await study.optimize(training(never, keepsFirst), { trials: await left(study) });
        expect(timeless(resumed)).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a pruned trial that goes on', () => {
  test('comes to the same bits as one that never stopped, and runs only the steps that are left', async () => {
    const study = await open(memoryStorage(), random(), halves(1, 3));
    let steps = 0;
    const counting = { at: () => void (steps += 0.5) };
    const { trials } = await study.optimize(training(counting, true), { trials: TRIALS });
    const complete = trials.filter(({ state }) => state === 'complete');
    expect(complete.length).toBeGreaterThan(0);
    for (const { settings, value, reports, continues } of complete) {
      const before = trials[continues ?? -1];
      const seed = (await (await open(memoryStorage(), random())).ask())?.seed ?? -1;
      expect(value).toBe(straight(settings, seed));
      expect(reports.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(before).toMatchObject({ state: 'pruned', settings, reports: reports.slice(0, 3) });
    }
    expect(steps).toBe(trials.reduce((sum, trial) => sum + trial.reports.length - (trials[trial.continues ?? -1]?.reports.length ?? 0), 0));
  });

  test('has the attributes of the pruned one, and where it was', async () => {
    const study = await open(memoryStorage(), random(), halves(1));
    const seen: unknown[] = [];
    await study.optimize(
      async (trial) => {
        seen.push(trial.reached);
        if (trial.reached === undefined) await trial.setAttribute('host', { name: 'a' });
        return (await trial.report((trial.reached ?? 0) + 1, trial.number)) ? pruned : 0;
      },
      { trials: 2 },
    );
    expect(seen).toEqual([undefined, undefined, 1]);
    expect((await study.view()).trials[2]).toMatchObject({ continues: 0, state: 'complete', attributes: { host: { name: 'a' } } });
  });

  test('leaves no checkpoints once it is complete', async () => {
    const storage = memoryStorage();
    const study = await open(storage, random(), halves(1));
    const { trials } = await study.optimize(training(never, true), { trials: 4 });
    for (const { number, state, continues } of trials) {
      if (continues !== undefined || state === 'complete') continue;
      const isOver = trials.some((trial) => trial.continues === number);
      expect(await storage.checkpoints(`study-0-trial-${number}`).list()).toEqual(isOver ? [] : ['state']);
    }
  });
});
