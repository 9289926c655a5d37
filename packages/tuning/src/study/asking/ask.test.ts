import { describe, expect, test } from 'vitest';
import { after, halves, inTurn } from '../../../test/study-kit.ts';
import {
  categorical,
  distinctTrials,
  float,
  grid,
  interrupted,
  memoryStorage,
  openStudy,
  pruned,
  random,
  space,
  when,
  type Sampler,
  type Storage,
  type Trial,
} from '../../index.ts';

const searched = space({ x: float(0, 1) });
const open = (storage: Storage, sampler: Sampler = random()) => openStudy({ space: searched, storage, sampler });
type Opened = Awaited<ReturnType<typeof open>>;
const given = (trial: Trial<{ x: number }> | undefined): Trial<{ x: number }> => {
  if (trial === undefined) throw new Error('there is no trial');
  return trial;
};
const seen = async (study: Opened) => (await study.view()).trials.map(({ state, continues }) => [state, continues]);

/** Reports a value at step 1 and ends there. */
async function rung(study: Opened, value: number): Promise<void> {
  const trial = given(await study.ask());
  await trial.report(1, value);
  await study.tell(trial, pruned);
}

describe('ask and tell', () => {
  test('give out trials with settings, and note what they come to', async () => {
    const study = await open(memoryStorage(), inTurn(0.25, 0.5));
    const [first, second] = [given(await study.ask()), given(await study.ask())];
    expect([first.settings, second.settings]).toEqual([{ x: 0.25 }, { x: 0.5 }]);
    expect(await study.tell(second, 3)).toMatchObject({ number: 1, state: 'complete', value: 3 });
    expect(await study.tell({ number: 0 }, { error: new TypeError('no') })).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('no'),
    });
    expect(await study.ask()).toBeUndefined();
  });

  test('are told once', async () => {
    const storage = memoryStorage();
    const study = await open(storage);
    const trial = given(await study.ask());
    await study.tell(trial, 1);
    const message = '[invalid-argument] tell: trial 0 is complete already. An outcome is told once; ask for another trial.';
    await expect(study.tell(trial, 2)).rejects.toThrow(message);
    await expect((await open(storage.another())).tell(trial, 2)).rejects.toThrow(message);
    await expect(study.tell({ number: 4 }, 2)).rejects.toThrow('[invalid-argument] tell: the study has no trial 4. It has 1.');
    await expect(trial.report(1, 2)).rejects.toThrow('[invalid-argument] trial: trial 0 does not run here any more: it is complete.');
    await expect(trial.setAttribute('k', 2)).rejects.toThrow('trial 0 does not run here any more');
    expect((await study.view()).trials).toMatchObject([{ value: 1, reports: [], attributes: {} }]);
  });

  test('are told once also by two that tell at the same time', async () => {
    const study = await open(memoryStorage());
    const trial = given(await study.ask());
    const told = await Promise.allSettled([study.tell(trial, 1), study.tell(trial, 2)]);
    expect(told.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);

    const memory = memoryStorage();
    const other = await open(memory.another());
    const late = await open(after(memory, 2, () => other.tell({ number: 0 }, 7)));
    const shared = given(await late.ask());
    await expect(late.tell(shared, 8)).rejects.toThrow('trial 0 is complete already');
    expect((await other.view()).trials).toMatchObject([{ value: 7 }]);
  });

  test('may be of two processes: one asks, the other tells', async () => {
    const memory = memoryStorage();
    await (await open(memory)).ask();
    memory.close();
    expect(await (await open(memory.another())).tell({ number: 0 }, 1)).toMatchObject({ state: 'complete', value: 1 });
  });

  test('have a pruned trial keep its last report that is finite, as Optuna does, and show no value', async () => {
    const storage = memoryStorage();
    const study = await open(storage);
    const [first, second] = [given(await study.ask()), given(await study.ask())];
    await first.report(3, 0.5);
    await second.report(3, Number.NaN);
    expect(await study.tell(first, pruned)).not.toHaveProperty('value');
    await study.tell(second, pruned);
    expect((await storage.read(0)).filter((event) => event.type === 'state')).toMatchObject([
      { value: 0.5 },
      expect.not.objectContaining({ value: expect.anything() }),
    ]);
  });

  test('let an interrupted trial be the next again, with what it reported, kept and noted', async () => {
    const study = await open(memoryStorage());
    const trial = given(await study.ask());
    await trial.report(4, 0.5);
    await trial.setAttribute('host', 'a');
    await trial.checkpoints.write('state', new Uint8Array([7]));
    await study.tell(trial, interrupted);
    expect(await study.view()).toMatchObject({ trials: [{ state: 'waiting' }] });
    const again = given(await study.ask());
    expect(again).toMatchObject({ number: 0, settings: trial.settings, seed: trial.seed, reached: 4 });
    expect(await again.checkpoints.read('state')).toEqual(new Uint8Array([7]));
    expect(await study.tell(again, 1)).toMatchObject({ reports: [{ step: 4, value: 0.5 }], attributes: { host: 'a' } });
    expect(await again.checkpoints.list()).toEqual([]);
  });

  test('note a step once', async () => {
    const study = await open(memoryStorage());
    const trial = given(await study.ask());
    await trial.report(4, 0.5);
    await trial.report(4, 0.7);
    await trial.report(2, 0.6);
    expect((await study.view()).trials[0]?.reports).toEqual([
      { step: 2, value: 0.6 },
      { step: 4, value: 0.5 },
    ]);
  });

  test('give the signal that was passed', async () => {
    const study = await open(memoryStorage());
    const { signal } = new AbortController();
    expect(given(await study.ask({ signal })).signal).toBe(signal);
    expect(given(await study.ask()).signal.aborted).toBe(false);
    await expect(study.ask({ sigal: signal } as object)).rejects.toThrow('Did you mean `signal`?');
  });
});

describe('the seed of a trial', () => {
  test('is that of all trials of the study, and another one in a repeat and in another study', async () => {
    const study = await open(memoryStorage());
    const [a, b] = [given(await study.ask()), given(await study.ask())];
    const again = given(await study.ask({ repeats: 0 }));
    const other = given(await (await openStudy({ space: searched, seed: 1 })).ask());
    expect(a.seed).toBe(b.seed);
    expect(new Set([a.seed, again.seed, other.seed]).size).toBe(3);
    for (const { seed } of [a, again, other]) expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32).toBe(true);
  });
});

describe('enqueue', () => {
  const kinds = space({
    kind: categorical(['sgd', 'adam']),
    momentum: when({ kind: 'sgd' }, float(0, 0.9)),
    beta: when({ kind: 'adam' }, float(0.5, 1)),
  });

  test('has settings tried first, with the sampler filling what is left open', async () => {
    const study = await open(memoryStorage());
    await study.enqueue({ x: 0.125 });
    await study.enqueue({});
    const { trials } = await study.optimize(({ settings }) => settings.x, { trials: 3 });
    const plain = await (await open(memoryStorage())).optimize(({ settings }) => settings.x, { trials: 3 });
    expect(trials.map(({ value }) => value)).toEqual([0.125, plain.trials[1]?.value, plain.trials[2]?.value]);
  });

  test.each(['sgd', 'adam'] as const)('gives conditional parameters that the sampler did not think of: %s', async (kind) => {
    const study = await openStudy({ space: kinds });
    for (let i = 0; i < 8; i += 1) await study.enqueue({ kind });
    const { trials } = await study.optimize(() => 0, { trials: 8 });
    for (const { settings } of trials) expect(Object.keys(settings)).toEqual(['kind', kind === 'sgd' ? 'momentum' : 'beta']);
  });

  test('does without the sampler where nothing is open, and where a grid is at its end', async () => {
    const study = await open(memoryStorage(), grid({ points: 2 }));
    await study.optimize(() => 0);
    await study.enqueue({ x: 0.3 });
    expect((await study.optimize(() => 0)).trials.map(({ settings }) => settings.x)).toEqual([0, 1, 0.3]);
  });

  test('refuses settings that are not of the space, and a trial told before it was asked for', async () => {
    const study = await open(memoryStorage());
    await expect(study.enqueue({ x: 2 })).rejects.toThrow('[invalid-argument] enqueue: `settings.x` must be');
    await study.enqueue({ x: 1 });
    await expect(study.tell({ number: 0 }, 1)).rejects.toThrow('tell: trial 0 has not begun');
  });
});

describe('what comes first', () => {
  test('is what was interrupted, then what is promoted, then what was enqueued, then what is new', async () => {
    const study = await openStudy({ space: searched, pruner: halves(1) });
    await rung(study, 0.1);
    const stopped = given(await study.ask());
    await study.enqueue({ x: 0.75 });
    await rung(study, 0.2);
    await study.tell(stopped, interrupted);
    const asked = [given(await study.ask()), given(await study.ask()), given(await study.ask())];
    expect(asked.map(({ number }) => number)).toEqual([1, 3, 4]);
    expect(asked[1]?.reached).toBe(1);
    expect(await seen(study)).toEqual([
      ['pruned', undefined],
      ['running', undefined],
      ['pruned', undefined],
      ['running', 0],
      ['running', undefined],
    ]);
  });
});

describe('a repeat', () => {
  test('has the settings of its trial and is not pruned, and says which it is', async () => {
    const study = await openStudy({ space: searched, pruner: halves(1) });
    await rung(study, 0.5);
    const [one, two] = [given(await study.ask({ repeats: 0 })), given(await study.ask({ repeats: 0 }))];
    expect([one.repeat, two.repeat]).toEqual([1, 2]);
    expect(one.settings).toEqual((await study.view()).trials[0]?.settings);
    expect(await one.report(1, 5)).toBe(false);
    await study.tell(one, interrupted);
    expect((await study.ask())?.number).toBe(3);
    expect((await study.ask({ repeats: 0 }))?.number).toBe(1);
    expect(distinctTrials(await study.view()).map(({ number }) => number)).toEqual([0, 3]);
  });

  test.each([7, -1, 1.5, 1])('is refused where its trial is none or itself one: %s', async (repeats) => {
    const study = await open(memoryStorage());
    await study.ask();
    await study.ask({ repeats: 0 });
    await expect(study.ask({ repeats })).rejects.toThrow('[invalid-argument] ask: `repeats` must be');
  });
});

describe('two workers', () => {
  test('share a study: no trial twice, none lost', async () => {
    const memory = memoryStorage();
    const studies = await Promise.all([open(memory), open(memory.another()), open(memory)]);
    const ran: number[] = [];
    await Promise.all(
      studies.map((study) =>
        study.optimize(
          async ({ number, settings }) => {
            ran.push(number);
            await new Promise((resolve) => setTimeout(resolve, 0));
            return settings.x;
          },
          { trials: 7, parallel: 2 },
        ),
      ),
    );
    expect(ran.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 21 }, (_, i) => i));
    const { trials } = await (await open(memoryStorage())).optimize(({ settings }) => settings.x, { trials: 21 });
    expect((await studies[0].view()).trials.map(({ value }) => value)).toEqual(trials.map(({ value }) => value));
  });

  // What the other does comes just before each append of the first in turn, from the opening on.
  const places = [0, 1, 2, 3, 4, 5, 6, 7, 8];

  test.each(places)('have one of them run a waiting trial (%s)', async (place) => {
    const memory = memoryStorage();
    const other = await open(memory.another(), inTurn(0.1, 0.2, 0.3, 0.4));
    await other.enqueue({ x: 0.5 });
    await other.enqueue({ x: 0.6 });
    const asked: (number | undefined)[] = [];
    const first = await open(
      after(memory, place, async () => asked.push((await other.ask())?.number)),
      inTurn(0.1, 0.2, 0.3, 0.4),
    );
    for (let i = 0; i < 3; i += 1) asked.push((await first.ask())?.number);
    expect(new Set(asked).size).toBe(asked.length);
    for (const { settings } of (await other.view()).trials) expect(settings).toHaveProperty('x');
  });

  test.each(places)('have one of them go on from a pruned trial (%s)', async (place) => {
    const memory = memoryStorage();
    const opened = (storage: Storage) => openStudy({ space: searched, storage, pruner: halves(1) });
    const before = await open(memory.another());
    for (const value of [0.4, 0.3, 0.2, 0.1]) await rung(before, value);
    const other = await opened(memory.another());
    const first = await opened(after(memory, place, () => other.ask()));
    for (let i = 0; i < 3; i += 1) await first.ask();
    const { trials } = await other.view();
    const from = trials.flatMap(({ continues }) => continues ?? []);
    expect(from.toSorted()).toEqual([...new Set(from)].toSorted());
    expect(from).toEqual(trials.slice(4, 6).map(({ continues }) => continues));
    for (const { settings, reports, continues } of trials) {
      expect(settings).toHaveProperty('x');
      if (continues !== undefined) expect([settings, reports]).toEqual([trials[continues]?.settings, trials[continues]?.reports]);
    }
  });

  test('withdraw a trial for which the other left nothing', async () => {
    const memory = memoryStorage();
    const other = await open(memory.another(), inTurn(0.1));
    const first = await open(
      after(memory, 0, () => other.ask()),
      inTurn(0.1),
    );
    expect(await first.ask()).toBeUndefined();
    expect((await other.view()).trials).toMatchObject([
      { state: 'running', settings: { x: 0.1 } },
      { state: 'failed', settings: {}, error: 'withdrawn: another worker took what was left to try' },
    ]);
  });

  test('withdraw a trial that was to go on from one that the other has gone on from, where nothing new is wanted', async () => {
    const memory = memoryStorage();
    const before = await open(memory.another());
    await rung(before, 0.2);
    await rung(before, 0.1);
    const opened = (storage: Storage) => openStudy({ space: searched, storage, pruner: halves(1) });
    const other = await opened(memory.another());
    const first = await opened(after(memory, 0, () => other.ask()));
    const { trials } = await first.optimize(() => 0, { trials: 0 });
    expect(trials.slice(2)).toMatchObject([
      { state: 'running', continues: 1, reports: [{ step: 1 }] },
      { state: 'failed', settings: {}, reports: [] },
    ]);
    expect(trials[3]).not.toHaveProperty('continues');
  });

  test('leave a running trial alone while its worker lives, and have one of them run it when that is lost', async () => {
    const memory = memoryStorage();
    const lost = await open(memory);
    const trial = given(await lost.ask());
    await trial.report(2, 0.5);
    const other = await open(memory.another());
    expect((await other.ask())?.number).toBe(1);
    memory.close();
    const third = await open(memory.another());
    const asked = [await third.ask(), await other.ask()];
    expect(asked.map((one) => [one?.number, one?.reached])).toEqual([
      [0, 2],
      [2, undefined],
    ]);
  });
});
