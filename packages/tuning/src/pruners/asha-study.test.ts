import { randomStream, streamKey } from '@downhill/core';
import { describe, expect, test } from 'vitest';
import {
  asha,
  float,
  memoryStorage,
  openStudy,
  pruned,
  random,
  space,
  type MemoryStorage,
  type Objective,
  type OptimizeOptions,
  type StudyView,
} from '../index.ts';

const EPOCHS = 9;
const TRIALS = 20;

const open = (storage: MemoryStorage, seed: number) =>
  openStudy({
    space: space({ x: float(0, 1) }),
    sampler: random(),
    pruner: asha({ maxResource: EPOCHS, reductionFactor: 3 }),
    storage,
    seed,
  });

/** Walks from x by steps that are random but for the trial's seed. `each` is called before each epoch and before its checkpoint. */
const walk =
  (each: () => void | Promise<void> = () => undefined): Objective<{ readonly x: number }> =>
  async ({ settings: { x }, seed, checkpoints, report }) => {
    const noise = randomStream(streamKey(seed, 'walk'));
    const has = (await checkpoints.list()).includes('place');
    const [kept = 0, from = x] = has ? new Float64Array((await checkpoints.read('place')).buffer) : [];
    let place = from;
    for (let epoch = kept + 1; epoch <= EPOCHS; epoch += 1) {
      await each();
      place += 0.3 * (noise.uniformAt(epoch) - 0.5) * x;
      const ends = await report(epoch, place);
      await each();
      await checkpoints.write('place', new Uint8Array(Float64Array.of(epoch, place).buffer));
      if (ends) return pruned;
    }
    return place;
  };

const summary = ({ trials }: StudyView) =>
  trials.map(({ number, state, settings, reports, continues, value }) => ({ number, state, settings, reports, continues, value }));

const optimized = async (seed: number, options: OptimizeOptions<{ readonly x: number }> = {}): Promise<StudyView> =>
  (await open(memoryStorage(), seed)).optimize(walk(), { trials: TRIALS, ...options });

/** A trial's reports as they are when nothing ends it. */
async function alone(x: number): Promise<readonly number[]> {
  const study = await openStudy({ space: space({ x: float(0, 1) }), sampler: random() });
  await study.enqueue({ x });
  const { trials } = await study.optimize(walk(), { trials: 1 });
  return (trials[0]?.reports ?? []).map(({ value }) => value);
}

describe('a study with asha', () => {
  test('spends most epochs on the best, and brings trials to the end', async () => {
    const { trials } = await optimized(1);
    const whole = trials.filter(({ state }) => state === 'complete');
    expect(whole.length).toBeGreaterThanOrEqual(1);
    expect(trials.filter(({ continues }) => continues !== undefined).length).toBeGreaterThanOrEqual(1);
    const fresh = trials.filter(({ continues }) => continues === undefined);
    expect(fresh).toHaveLength(TRIALS);
    const continued = new Set(trials.map(({ continues }) => continues));
    const epochs = trials.filter(({ number }) => !continued.has(number)).reduce((sum, { reports }) => sum + reports.length, 0);
    expect(epochs).toBeLessThan((TRIALS * EPOCHS) / 2);
  });

  test('gives a trial that rested the same bits as one that never did', async () => {
    const study = await openStudy({
      space: space({ x: float(0, 1) }),
      sampler: random(),
      pruner: asha({ maxResource: EPOCHS, reductionFactor: 3 }),
      seed: 0, // the seed of the trial that runs alone
    });
    const { trials } = await study.optimize(walk(), { trials: TRIALS });
    const promoted = trials.filter(({ continues }) => continues !== undefined);
    expect(promoted.length).toBeGreaterThan(0);
    for (const { settings, reports } of promoted)
      expect(reports.map(({ value }) => value)).toEqual((await alone(settings.x)).slice(0, reports.length));
  });

  test.each([3, 6, 7, 8, 19, 20, 31, 44])('that is killed at its place %d goes on to the same study', async (last) => {
    const storage = memoryStorage();
    let places = 0;
    await new Promise<void>((resolve) => {
      const dying = walk(() => {
        places += 1;
        if (places < last) return undefined;
        resolve();
        return new Promise<void>(() => undefined);
      });
      void open(storage, 5).then((study) => study.optimize(dying, { trials: TRIALS }));
    });
    storage.close();
    const again = await open(storage.another(), 5);
    const before = (await again.view()).trials.filter(({ continues, state }) => continues === undefined && state !== 'waiting').length;
    const view = await again.optimize(walk(), { trials: TRIALS - before });
    expect(summary(view)).toEqual(summary(await optimized(5)));
  });

  test('lets several trials run at a time, and lets none go on twice', async () => {
    const { trials } = await optimized(2, { parallel: 3 });
    const continued = trials.flatMap(({ continues }) => continues ?? []);
    expect(new Set(continued).size).toBe(continued.length);
    expect(trials.every(({ state }) => state === 'complete' || state === 'pruned')).toBe(true);
  });
});
