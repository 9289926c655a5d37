import { DownhillError } from '@downhill/core';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { fromAll, halves, inTurn, timeless } from '../../../test/study-kit.ts';
import {
  bestTrial,
  float,
  memoryStorage,
  openStudy,
  pruned,
  pruner,
  random,
  sampler,
  space,
  type Study,
  type StudyProgress,
  type Trial,
} from '../../index.ts';

const searched = space({ x: float(-3, 3) });
type Given = Trial<{ x: number }>;
const parabola = ({ settings: { x } }: Given) => (x - 1) ** 2;
const states = async (study: Study<(typeof searched)['parameters']>) => (await study.view()).trials.map(({ state }) => state);

/** Waits for the next turn of the event loop, as a training does. */
const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('optimize', () => {
  test('a total counts the trials of earlier calls, and those that were interrupted once', async () => {
    const study = await openStudy({ space: searched, sampler: random(), seed: 3 });
    await study.optimize(parabola, { trials: 3 });
    const stop = new AbortController();
    await study.optimize(
      ({ number, signal }) => {
        if (number === 4) stop.abort();
        signal.throwIfAborted();
        return 0;
      },
      { total: 8, signal: stop.signal },
    );
    const ended: (number | undefined)[][] = [];
    const { trials } = await study.optimize(parabola, {
      total: 8,
      onEvent: ({ type, done, of }) => void (type === 'end' && ended.push([done, of])),
    });
    expect(trials.map(({ state }) => state)).toEqual(new Array(8).fill('complete'));
    expect(ended).toEqual([5, 6, 7, 8].map((done) => [done, 8])); // the interrupted one and three more
    expect((await study.optimize(parabola, { total: 8 })).trials).toHaveLength(8);
  });

  test('runs as many trials as it was asked for, and goes on where it was', async () => {
    const study = await openStudy({ space: searched, sampler: random(), seed: 3 });
    await study.optimize(parabola, { trials: 8 });
    const { trials } = await study.optimize(async (trial) => parabola(trial), { trials: 4 });
    expect(trials.map(({ number }) => number)).toEqual(Array.from({ length: 12 }, (_, i) => i));
    for (const { state, value, settings } of trials) expect([state, value]).toEqual(['complete', (settings.x - 1) ** 2]);
  });

  test('ends where the sampler has nothing left, and leaves no trial behind', async () => {
    const study = await openStudy({ space: searched, sampler: inTurn(1, 2) });
    const { trials } = await study.optimize(parabola);
    expect(trials.map(({ value }) => value)).toEqual([0, 1]);
    expect((await study.optimize(parabola)).trials).toHaveLength(2);
  });

  test('goes on with what the pruner promotes, also after the last trial', async () => {
    const rungs = halves(1, 2);
    const study = await openStudy({ space: searched, sampler: fromAll(), pruner: rungs });
    const view = await study.optimize(
      async (trial) => {
        for (let step = (trial.reached ?? 0) + 1; step <= 3; step += 1) if (await trial.report(step, parabola(trial) / step)) return pruned;
        return parabola(trial);
      },
      { trials: 8 },
    );
    expect(view.trials.filter(({ continues }) => continues === undefined)).toHaveLength(8);
    expect(view.trials.at(-1)?.continues).not.toBeUndefined();
    expect(rungs.promote?.(view)).toBeUndefined();
  });

  test.each([
    ['an error that is thrown', new RangeError('no such rate'), /^RangeError: no such rate\n\s+at .*optimize\.test\.ts/],
    ['something that is thrown', 'no', /^"no"$/],
    ['NaN', Number.NaN, /^the objective must come to a finite number, got NaN$/],
    ['infinity', -Infinity, /got -Infinity$/],
    ['text', '0.5', /got "0.5"$/],
    ['nothing', undefined, /got undefined$/],
  ])('keeps %s as why a trial failed, and goes on', async (_, outcome, error) => {
    const study = await openStudy({ space: searched });
    const { trials } = await study.optimize(
      (trial) => {
        if (trial.number !== 1) return 0;
        if (outcome instanceof Error || outcome === 'no') throw outcome;
        return outcome as number;
      },
      { trials: 3 },
    );
    expect(trials.map(({ state }) => state)).toEqual(['complete', 'failed', 'complete']);
    expect(trials[1]).toMatchObject({ error: expect.stringMatching(error) });
    expect(trials[1]).not.toHaveProperty('value');
  });

  test('fails a trial whose report is none', async () => {
    const study = await openStudy({ space: searched });
    const { trials } = await study.optimize(
      async (trial) => {
        if (trial.number === 0) await trial.report(-1, 0);
        if (trial.number === 1) await trial.report(0, 'low' as unknown as number);
        await trial.report(0, Number.NaN);
        return 0;
      },
      { trials: 3 },
    );
    expect(trials.map(({ error }) => error?.split('\n')[0])).toEqual([
      'DownhillError: [invalid-argument] trial.report: `step` must be a whole number, at least 0, got -1.',
      'DownhillError: [invalid-argument] trial.report: `value` must be a number, got "low".',
      undefined,
    ]);
    expect(trials[2]?.reports).toEqual([{ step: 0, value: Number.NaN }]);
  });

  test('begins nothing after the timeout, and lets what runs come to its end', async () => {
    const study = await openStudy({ space: searched });
    let now = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
    onTestFinished(() => clock.mockRestore());
    const objective = async ({ number }: Given): Promise<number> => {
      if (number === 1) now = 100;
      while (now < 100) await turn();
      return number;
    };
    const { trials } = await study.optimize(objective, { timeout: 0.1, parallel: 2 });
    expect(trials.map(({ state, value }) => [state, value])).toEqual([
      ['complete', 0],
      ['complete', 1],
    ]);
    expect((await study.optimize(() => 1, { timeout: 0 })).trials).toHaveLength(trials.length);
  });

  test('runs as many at a time as it may, each trial once', async () => {
    const study = await openStudy({ space: searched });
    let [now, most] = [0, 0];
    const { trials } = await study.optimize(
      async (trial) => {
        now += 1;
        most = Math.max(most, now);
        for (let i = 0; i <= trial.number % 3; i += 1) await turn();
        now -= 1;
        return parabola(trial);
      },
      { trials: 11, parallel: 4 },
    );
    expect(most).toBe(4);
    expect(trials.map(({ number, state }) => [number, state])).toEqual(Array.from({ length: 11 }, (_, i) => [i, 'complete']));
  });

  test('comes to the same with several at a time where the sampler does not look at the others', async () => {
    const run = async (parallel: number) => {
      const study = await openStudy({ space: searched, sampler: random(), seed: 9 });
      return timeless(await study.optimize(async (trial) => (await turn(), parabola(trial)), { trials: 9, parallel }));
    };
    expect(await run(3)).toEqual(await run(1));
  });

  test('waits for running trials, whose end may let the pruner promote one', async () => {
    const study = await openStudy({ space: searched, sampler: inTurn(3, 2), pruner: halves(1) });
    const { trials } = await study.optimize(
      async (trial) => {
        await turn();
        return (await trial.report((trial.reached ?? 0) + 1, parabola(trial))) ? pruned : parabola(trial);
      },
      { parallel: 4 },
    );
    expect(trials.map(({ continues, state }) => [continues, state])).toEqual([
      [undefined, 'pruned'],
      [undefined, 'pruned'],
      [1, 'complete'],
    ]);
  });

  describe('asked to stop', () => {
    test('begins nothing where it was asked before', async () => {
      const study = await openStudy({ space: searched });
      expect((await study.optimize(parabola, { trials: 3, signal: AbortSignal.abort() })).trials).toEqual([]);
    });

    test.each([
      ['throws', true, 'waiting'],
      ['returns what it has', false, 'waiting'],
    ])('lets a trial wait whose objective sees the signal and %s', async (_, throws, state) => {
      const study = await openStudy({ space: searched });
      const controller = new AbortController();
      const stopped = await study.optimize(
        async ({ number, signal, report }) => {
          if (number === 1) controller.abort();
          await report(0, number);
          if (signal.aborted && throws) throw new Error('stopped');
          return number;
        },
        { trials: 3, signal: controller.signal },
      );
      expect(stopped.trials).toMatchObject([{ state: 'complete' }, { state, reports: [{ step: 0, value: 1 }] }]);
      const { trials } = await study.optimize(({ number, reached }) => 10 * number + (reached ?? 5), { trials: 2 });
      expect(trials.map(({ value }) => value)).toEqual([0, 10, 25]);
    });

    test('keeps what an objective comes to that never looked at the signal', async () => {
      const study = await openStudy({ space: searched });
      const controller = new AbortController();
      const { trials } = await study.optimize(
        ({ number }) => {
          if (number === 1) controller.abort();
          return number;
        },
        { trials: 3, signal: controller.signal },
      );
      expect(trials.map(({ value }) => value)).toEqual([0, 1]);
    });

    test('hears of it between trials that take no time', async () => {
      const study = await openStudy({ space: searched, sampler: random() });
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 30);
      const { trials } = await study.optimize(parabola, { trials: 1e6, signal: controller.signal });
      expect(trials.length).toBeLessThan(1e5);
    });
  });

  test('tells what happens, with the best so far', async () => {
    const study = await openStudy({ space: searched, sampler: inTurn(3, 1, 2), pruner: halves(7) });
    const seen: unknown[] = [];
    const onEvent = (event: StudyProgress) => {
      const { type, trial, best, done, of } = event;
      seen.push([type, trial.number, trial.state, best?.value, done, of, ...(type === 'report' ? [event.step, event.value] : [])]);
    };
    await study.optimize(async (trial) => (await trial.report(4, parabola(trial)), parabola(trial)), { trials: 2, onEvent });
    expect(seen).toEqual([
      ['begin', 0, 'running', undefined, 0, 2],
      ['report', 0, 'running', undefined, 0, 2, 4, 4],
      ['end', 0, 'complete', 4, 1, 2],
      ['begin', 1, 'running', 4, 1, 2],
      ['report', 1, 'running', 4, 1, 2, 4, 0],
      ['end', 1, 'complete', 0, 2, 2],
    ]);
    expect(bestTrial(await study.view())?.number).toBe(1);
  });

  describe('ends with a typed error, and lets what ran wait,', () => {
    const broken = new TypeError('broken');
    const breaking = {
      sampler: sampler({
        name: 'breaking',
        config: {},
        sample({ space: { parameters } }, number) {
          if (number === 3) throw broken;
          return { x: parameters['x']?.kind === 'float' ? number / 9 : null };
        },
      }),
      pruner: pruner({
        name: 'breaking',
        config: {},
        shouldPrune(_, { number }) {
          if (number === 2) throw broken;
          return false;
        },
      }),
    };
    const waits = async (trial: Given) => {
      await trial.report(0, 1);
      for (let i = 0; i < 9 && !trial.signal.aborted; i += 1) await turn();
      return parabola(trial);
    };

    test('where the sampler throws', async () => {
      const study = await openStudy({ space: searched, sampler: breaking.sampler });
      await expect(study.optimize(waits, { trials: 6, parallel: 4 })).rejects.toMatchObject({
        name: 'DownhillError',
        message: '[invalid-argument] breaking: threw TypeError: broken.',
        cause: broken,
      });
      expect(await states(study)).toEqual(['waiting', 'waiting', 'waiting']);
    });

    test('where the sampler leaves the space', async () => {
      const study = await openStudy({ space: searched, sampler: inTurn(1, 4) });
      await expect(study.optimize(parabola)).rejects.toThrow('[invalid-argument] inTurn: `settings.x` must be');
      expect(await states(study)).toEqual(['complete']);
    });

    test('where the pruner throws, though the objective hides it', async () => {
      const study = await openStudy({ space: searched, pruner: breaking.pruner });
      const hiding = (trial: Given) => waits(trial).catch(() => 0);
      await expect(study.optimize(hiding, { trials: 6, parallel: 3 })).rejects.toMatchObject({ code: 'invalid-argument', cause: broken });
      expect(await states(study)).toEqual(['waiting', 'waiting', 'waiting']);
    });

    test('where the pruner promotes what cannot go on', async () => {
      const wrong = pruner({
        name: 'wrong',
        config: {},
        shouldPrune: () => false,
        promote: ({ trials }) => (trials.length > 1 ? 0 : undefined),
      });
      const study = await openStudy({ space: searched, pruner: wrong });
      await expect(study.optimize(parabola, { trials: 6 })).rejects.toThrow('wrong: `promote` must give the number of a pruned trial');
    });

    test.each(['begin', 'report', 'end'])('where onEvent throws at %s', async (at) => {
      const study = await openStudy({ space: searched });
      const onEvent = ({ type, trial }: StudyProgress) => {
        if (type === at && trial.number === 1) throw broken;
      };
      await expect(study.optimize(waits, { trials: 4, onEvent })).rejects.toMatchObject({ code: 'invalid-argument', cause: broken });
      expect(await states(study)).toEqual(['complete', at === 'end' ? 'complete' : 'waiting']);
    });

    test('where the storage fails', async () => {
      const memory = memoryStorage();
      let appends = 0;
      const failing = {
        ...memory,
        append: async (events: Parameters<typeof memory.append>[0]) => {
          if ((appends += 1) === 8) throw new Error('disk full');
          await memory.append(events);
        },
      };
      const study = await openStudy({ space: searched, storage: failing });
      await expect(study.optimize(waits, { trials: 6 })).rejects.toMatchObject({
        code: 'write-failed',
        message: expect.stringContaining('disk full'),
      });
      expect(await states(study)).toEqual(['complete', 'waiting']);
      const { trials } = await study.optimize(parabola, { trials: 2 });
      expect(trials.map(({ state }) => state)).toEqual(['complete', 'complete', 'complete']);
    });
  });

  test.each([
    [{ trials: -1 }, '`trials` must be a whole number, at least 0, got -1'],
    [{ timeout: Number.NaN }, '`timeout` must be a finite number, at least 0, got NaN'],
    [{ parallel: 0 }, '`parallel` must be a whole number, at least 1, got 0'],
    [{ trails: 3 }, 'has no option `trails`. Did you mean `trials`?'],
    [{ onEvent: 'log' }, '`onEvent` must be a function, got "log"'],
  ])('refuses %j', async (options, problem) => {
    const study = await openStudy({ space: searched });
    await expect(study.optimize(parabola, options as object)).rejects.toThrow(`[invalid-argument] optimize: ${problem}`);
  });

  test('refuses an objective that is no function', async () => {
    const study = await openStudy({ space: searched });
    await expect(study.optimize(3 as never)).rejects.toThrow(DownhillError);
  });

  test('stays quick over ten thousand trials', async () => {
    const study = await openStudy({ space: searched, sampler: random() });
    const started = performance.now();
    await study.optimize(parabola, { trials: 10_000 });
    expect(performance.now() - started).toBeLessThan(30_000); // 2 seconds where nothing else runs; a fold from the start at each step takes minutes
  });
});
