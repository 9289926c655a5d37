import { describe, expect, test } from 'vitest';
import { after } from '../../test/study-kit.ts';
import {
  categorical,
  float,
  int,
  memoryStorage,
  openStudy,
  random,
  space,
  type StudyEvent,
  type StudyOptions,
  type Trial,
} from '../index.ts';

const searched = space({ x: float(0, 1), layers: int(1, 4) });
const open = (options: Partial<StudyOptions> = {}) => openStudy({ space: searched, ...options });

describe('openStudy', () => {
  test('makes a study, and goes on with it by its name', async () => {
    const storage = memoryStorage();
    const study = await open({ storage, name: 'rates', direction: 'maximize', seed: 7 });
    await study.optimize(({ settings }) => Number(settings['x']), { trials: 3 });
    const again = await open({ storage: storage.another(), name: 'rates' });
    expect([again.name, again.direction, again.seed, again.space]).toEqual(['rates', 'maximize', 7, searched]);
    expect((await again.view()).trials).toEqual((await study.view()).trials);
  });

  test('keeps studies of other names apart', async () => {
    const storage = memoryStorage();
    const [a, b] = [await open({ storage, name: 'a' }), await open({ storage, name: 'b', space: space({ y: float(0, 1) }) })];
    await Promise.all([a.optimize(() => 1, { trials: 2 }), b.optimize(() => 2, { trials: 3 })]);
    const shown = async (study: typeof a) => (await study.view()).trials.map(({ number, value }) => [number, value]);
    expect([await shown(a), await shown(b)]).toEqual([
      [
        [0, 1],
        [1, 1],
      ],
      [
        [0, 2],
        [1, 2],
        [2, 2],
      ],
    ]);
  });

  test('takes what is left out as Optuna does: minimize, and seed 0', async () => {
    const { name, direction, seed } = await open();
    expect([name, direction, seed]).toEqual(['study', 'minimize', 0]);
  });

  test.each<[string, Partial<StudyOptions>, string]>([
    ['space', { space: space({ x: float(0, 2), kind: categorical(['a']) }) }, '`layers` is gone. `kind` is new. `x`: high was 1, now 2.'],
    ['direction', { direction: 'maximize' }, 'The direction was minimize, now maximize.'],
    ['seed', { seed: 4 }, 'The seed was 0, now 4.'],
    ['space and seed', { space: space({ x: float(0, 1) }), seed: 4 }, '`layers` is gone. The seed was 0, now 4.'],
  ])('says what differs where a study is resumed with another %s, and changes nothing', async (_, other, differences) => {
    const storage = memoryStorage();
    await (await open({ storage })).optimize(() => 1, { trials: 2 });
    const before = await storage.read(0);
    await expect(open({ storage: storage.another(), ...other })).rejects.toMatchObject({
      code: 'study-mismatch',
      message: `[study-mismatch] openStudy: the study 'study' is another one. ${differences} Open it as it was, or give this one another name.`,
    });
    expect(await storage.read(0)).toEqual(before);
  });

  test('is one study where two workers make it at once', async () => {
    for (const place of [0, 1]) {
      const memory = memoryStorage();
      const first = open({ storage: after(memory, place, () => open({ storage: memory.another(), seed: 1 })), seed: 2 });
      await expect(first).rejects.toThrow('The seed was 1, now 2.');
      expect((await open({ storage: memory.another() })).seed).toBe(1);
    }
  });

  describe('opens a study that Optuna made', () => {
    const settings = { x: 0.5, layers: 2 };
    const { parameters } = searched;
    const trial = (fields: object) =>
      ({ worker: 'optuna', type: 'trial', study: 0, state: 'complete', value: 1, parameters, settings, ...fields }) as StudyEvent;
    const made = async (...trials: readonly StudyEvent[]) => {
      const storage = memoryStorage();
      await storage.another().append([{ worker: 'optuna', type: 'study', name: 'study', direction: 'maximize' }, ...trials]);
      return storage;
    };

    test('and keeps from then on what was searched', async () => {
      const storage = await made(
        trial({}),
        trial({ state: 'failed', settings: { x: 1 } }),
        trial({ state: 'waiting', settings: {}, systemAttributes: { fixed_params: { x: 1 } } }),
      );
      const study = await open({ storage, seed: 3 });
      expect([study.direction, study.seed]).toEqual(['maximize', 3]);
      const { trials } = await study.optimize((given) => Number(given.settings['x']), { trials: 1 });
      expect(trials).toMatchObject([{ value: 1, settings }, { state: 'failed' }, { value: 1, settings: { x: 1 } }]);
      await expect(open({ storage, space: space({ x: float(0, 1) }) })).rejects.toThrow('`layers` is gone.');
    });

    test('and says which of its trials is not of the space', async () => {
      const strange = trial({ settings: { x: 3, layers: 2 } });
      const error = "the study 'study' is another one. [invalid-argument] trial 1: `settings.x` must be";
      await expect(open({ storage: await made(trial({}), strange) })).rejects.toThrow(error);
      await expect(open({ storage: await made(trial({ settings: { x: 1 } })) })).rejects.toThrow('trial 0: `settings.layers` is missing');
    });
  });

  test('gives views that cannot be changed and do not change', async () => {
    const study = await open();
    const before = await study.view();
    const objective = async ({ report, setAttribute }: Trial): Promise<number> => {
      await report(0, 1);
      await setAttribute('curve', { points: [[1, 2]] });
      return 1;
    };
    const { trials } = await study.optimize(objective, { trials: 1 });
    expect(before.trials).toEqual([]);
    const parts = (value: unknown): readonly unknown[] =>
      typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(parts)] : [];
    expect(parts(trials)).toHaveLength(9);
    for (const part of [before, ...parts(trials)]) expect(Object.isFrozen(part)).toBe(true);
    expect((await study.view()).trials).toBe(trials);
  });

  test.each<[Record<string, unknown>, string]>([
    [{ name: '' }, '`name` must be a text, got ""'],
    [{ space: { x: 1 } }, '`space` must be a space, got {"x":1}. Write space({ rate: float(0, 1) })'],
    [{ space: undefined }, '`space` must be a space, got undefined'],
    [{ sampler: random }, '`sampler` must be a sampler, got a function. Write sampler: tpe()'],
    [{ pruner: random() }, '`pruner` must be a pruner'],
    [{ direction: 'min' }, "`direction` must be one of 'minimize', 'maximize', got \"min\""],
    [{ seed: 0.5 }, '`seed` must be a whole number, got 0.5'],
    [{ storage: 'study.journal' }, '`storage` must be a storage, got "study.journal"'],
    [{ samplers: 1 }, 'has no option `samplers`. Did you mean `sampler`?'],
  ])('refuses %j', async (options, problem) => {
    await expect(openStudy({ space: searched, ...options } as StudyOptions)).rejects.toMatchObject({
      code: 'invalid-argument',
      message: expect.stringContaining(`openStudy: ${problem}`),
    });
  });
});
