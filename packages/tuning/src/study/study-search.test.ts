import { describe, expect, test } from 'vitest';
import { categorical, float, sobol, studySearch, successiveHalving, tpe } from '../index.ts';

const space = { rate: float(0.01, 1, { log: true }), decay: categorical([0, 1e-4]) };
const evaluate = async ({ rate, decay }: { readonly rate: number; readonly decay: number }) => Math.abs(Math.log10(rate) + 1) + decay;

describe('studySearch', () => {
  test('tries as many settings as the budget has, all of the space, and names the best of them; the same seed, the same search', async () => {
    const search = studySearch({ sampler: sobol() });
    const { best, trials } = await search({ space, evaluate, budget: 16, seed: 1 });
    expect(trials).toHaveLength(16);
    for (const { settings, loss } of trials) expect(loss).toBe(await evaluate(settings));
    expect(best).toEqual(trials.reduce((a, b) => (b.loss < a.loss ? b : a)).settings);
    expect((await search({ space, evaluate, budget: 16, seed: 1 })).trials).toEqual(trials);
    expect((await search({ space, evaluate, budget: 16, seed: 2 })).trials).not.toEqual(trials);
  });

  test('ends runs early where it has a pruner; the best is one that ran to its end', async () => {
    const lengths: number[] = [];
    const { best, trials } = await studySearch({ sampler: sobol(), pruner: successiveHalving({ minResource: 1, reductionFactor: 2 }) })({
      space,
      evaluate: async (settings, report) => {
        const loss = await evaluate(settings);
        for (let epoch = 1; epoch <= 8; epoch += 1)
          if (await report(epoch, loss + 1 / epoch)) return (lengths.push(epoch), loss + 1 / epoch);
        lengths.push(8);
        return loss;
      },
      budget: 12,
      seed: 3,
    });
    expect(lengths).toHaveLength(12);
    expect(lengths.filter((length) => length < 8).length).toBeGreaterThan(2);
    const complete = trials.filter((_, i) => lengths[i] === 8);
    expect(best).toEqual(complete.reduce((a, b) => (b.loss < a.loss ? b : a)).settings);
    for (const { loss } of trials) expect(loss).toBeGreaterThan(0);
  });

  test('has the sampler that a study has by default', async () => {
    const request = { space, evaluate, budget: 14, seed: 5 };
    expect(await studySearch()(request)).toEqual(await studySearch({ sampler: tpe() })(request));
    expect(await studySearch()(request)).not.toEqual(await studySearch({ sampler: sobol() })(request));
  });

  test('a run that blew up has an infinite loss and is never the best', async () => {
    const { best, trials } = await studySearch()({
      space,
      evaluate: async ({ rate }) => (rate > 0.1 ? Infinity : rate),
      budget: 10,
      seed: 0,
    });
    expect(trials.map(({ settings, loss }) => loss === (settings.rate > 0.1 ? Infinity : settings.rate))).not.toContain(false);
    expect(best!.rate).toBeLessThanOrEqual(0.1);
    expect((await studySearch()({ space, evaluate: async () => Infinity, budget: 2, seed: 0 })).best).toBeUndefined();
  });

  test('ends with what it has when the signal asks', async () => {
    const stop = new AbortController();
    let calls = 0;
    const { trials } = await studySearch()({
      space,
      evaluate: async () => {
        if (++calls === 3) stop.abort();
        stop.signal.throwIfAborted();
        return calls;
      },
      budget: 9,
      seed: 0,
      signal: stop.signal,
    });
    expect([calls, trials.map(({ loss }) => loss)]).toEqual([3, [1, 2]]);
  });

  test('an error of an evaluation comes through, and nothing is tried after it', async () => {
    let calls = 0;
    const broken = async (): Promise<number> => {
      calls += 1;
      throw new RangeError('broken');
    };
    await expect(studySearch()({ space, evaluate: broken, budget: 4, seed: 0 })).rejects.toThrow(RangeError);
    expect(calls).toBe(1);
  });

  test('takes the plain JSON of a space', async () => {
    const json = { rate: { kind: 'float', low: 0.1, high: 0.1, log: true }, decay: { kind: 'categorical', choices: [0] } } as const;
    expect(await studySearch()({ space: json, evaluate, budget: 1, seed: 0 })).toMatchObject({ best: { rate: 0.1, decay: 0 } });
  });
});
