import { readFileSync } from 'node:fs';
import type { Direction, DownhillError, Pruner } from '@downhill/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completeTrial, reportsOf, runTrials, trialOf, viewOf } from '../../test/pruners/run-trials.ts';
import { asha } from './asha.ts';
import { hyperband } from './hyperband.ts';
import { median } from './median.ts';
import { patient } from './patient.ts';
import { percentile } from './percentile.ts';
import { pruners } from './pruners.ts';
import { successiveHalving } from './successive-halving.ts';
import { threshold } from './threshold.ts';

interface Trace {
  readonly pruner: keyof typeof pruners;
  readonly options: Readonly<Record<string, unknown>>;
  readonly direction: Direction;
  readonly trials: readonly string[];
}

const { cases } = JSON.parse(readFileSync(new URL('../../test/pruners/optuna-traces.json', import.meta.url), 'utf8')) as {
  readonly cases: readonly Trace[];
};

const prunerOf = ({ pruner, options }: Trace): Pruner => {
  const wrapped = options['pruner'] === undefined ? {} : { pruner: median({ startupTrials: 2 }) };
  return (pruners[pruner] as (options: object) => Pruner)({ ...options, ...wrapped });
};

test.each(cases.map((trace, i) => ({ trace, title: `${trace.pruner} ${JSON.stringify(trace.options)}, ${trace.direction}, case ${i}` })))(
  'ends the trials that Optuna ends, where it ends them: $title',
  ({ trace }) => {
    const known = trace.trials.map((trial) => trial.split(' '));
    const curves = known.map(([, ...reports]) =>
      reports.map((report) => ({ step: Number(report.split(':')[0]), value: Number(report.split(':')[1]) })),
    );
    const ends = runTrials(prunerOf(trace), curves, trace.direction).map(({ state, reports }) => `${state} after ${reports.length}`);
    expect(ends).toEqual(known.map(([state, ...reports]) => `${state} after ${reports.length}`));
  },
);

describe('percentile', () => {
  test('never ends a trial that is as good as all others at every step', () => {
    const others = fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 5, maxLength: 5 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(others, fc.integer({ min: 0, max: 100 }), (others, percent) => {
        const best = [0, 1, 2, 3, 4].map((step) => Math.min(...others.map((values) => values[step] ?? 0)));
        const pruner = percentile({ percentile: percent, startupTrials: 0 });
        const trials = runTrials(pruner, [reportsOf(...best)], 'minimize');
        const complete = others.map((values, i) => completeTrial(i, ...values));
        const running = trialOf(complete.length, { reports: trials[0]?.reports ?? [] });
        expect(pruner.shouldPrune(viewOf([...complete, running]), running)).toBe(false);
      }),
    );
  });

  test('a better report never turns going on into an end, and a lower percentile never saves', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1 }),
        fc.integer({ min: 0, max: 9 }),
        fc.nat(9),
        fc.nat(100),
        (others, value, gain, percent) => {
          const complete = others.map((value, i) => completeTrial(i, value));
          const ends = (value: number, percent: number): boolean => {
            const running = trialOf(complete.length, { reports: reportsOf(value) });
            return percentile({ percentile: percent, startupTrials: 0 }).shouldPrune(viewOf([...complete, running]), running);
          };
          if (!ends(value, percent)) expect(ends(value - gain, percent)).toBe(false);
          if (ends(value, percent)) expect(ends(value, Math.floor(percent / 2))).toBe(true);
        },
      ),
    );
  });

  test('looks at complete trials only, each configuration once', () => {
    const ends = (...others: Parameters<typeof trialOf>[]) => {
      const running = trialOf(others.length, { reports: reportsOf(5) });
      return median({ startupTrials: 1 }).shouldPrune(viewOf([...others.map((other) => trialOf(...other)), running]), running);
    };
    const reports = reportsOf(1);
    expect(ends([0, { state: 'complete', reports }])).toBe(true);
    for (const state of ['pruned', 'failed', 'running'] as const) expect(ends([0, { state, reports }])).toBe(false);
    expect(ends([0, { state: 'complete', reports, repeat: 1, repeats: 7 }])).toBe(false);
  });
});

test('successive halving ends a trial that was let through before once more of the others are better', () => {
  const pruner = successiveHalving({ minResource: 1, reductionFactor: 2 });
  const ends = (...others: readonly number[]): boolean => {
    const reports = reportsOf([1, 5]);
    const running = trialOf(others.length, { reports });
    return pruner.shouldPrune(viewOf([...others.map((value, i) => trialOf(i, { reports: reportsOf([1, value]) })), running]), running);
  };
  expect([ends(), ends(6), ends(4), ends(6, 4), ends(6, 4, 7)]).toEqual([false, false, true, true, false]);
});

test('patient hands on the promotions of the pruner that it asks', () => {
  const wrapped = asha({ maxResource: 4, reductionFactor: 2 });
  const trials = [3, 1].map((value, number) => trialOf(number, { state: 'pruned', reports: reportsOf([1, value]) }));
  expect(patient({ patience: 0, pruner: wrapped }).promote?.(viewOf(trials))).toBe(1);
  expect('promote' in patient({ patience: 0, pruner: median() })).toBe(false);
});

describe('refuses, and says what it takes:', () => {
  test.each<[string, () => unknown, RegExp]>([
    ['a percentile above 100', () => percentile({ percentile: 101 }), /percentile: `percentile` must be .* at most 100, got 101/],
    ['no percentile', () => percentile({} as never), /`percentile` .* got NaN/],
    ['a warm-up that is not whole', () => median({ warmupSteps: 0.5 }), /median: `warmupSteps` .* got 0.5/],
    ['an interval of 0', () => median({ intervalSteps: 0 }), /`intervalSteps` .* at least 1, got 0/],
    ['a negative count of start-up trials', () => median({ startupTrials: -1 }), /`startupTrials` .* got -1/],
    ['fewest trials of 0', () => median({ minTrials: 0 }), /`minTrials` .* got 0/],
    ['a misspelled option', () => median({ startUpTrials: 3 } as never), /no option `startUpTrials`\. Did you mean `startupTrials`/],
    ['no bound', () => threshold({}), /threshold: takes `lower`, `upper` or both/],
    ['bounds that cross', () => threshold({ lower: 2, upper: 1 }), /`upper` .* at least 2, got 1/],
    ['a bound of NaN', () => threshold({ lower: Number.NaN }), /`lower` .* got NaN/],
    ['no patience', () => patient({} as never), /`patience` .* got NaN/],
    ['a negative tolerance', () => patient({ patience: 1, minDelta: -1 }), /`minDelta` .* got -1/],
    ['something else for a pruner', () => patient({ patience: 1, pruner: median as never }), /`pruner` must be a pruner, got a function/],
    ['a resource of 0', () => successiveHalving({ minResource: 0 }), /`minResource` .* got 0\. Or write 'auto'/],
    ['a reduction of 1', () => successiveHalving({ reductionFactor: 1 }), /`reductionFactor` .* got 1/],
    ['a rate below 0', () => successiveHalving({ minEarlyStoppingRate: -1 }), /`minEarlyStoppingRate` .* got -1/],
    [
      'a bootstrap with auto',
      () => successiveHalving({ bootstrapCount: 2 }),
      /`bootstrapCount` must be 0 where `minResource` is 'auto', got 2/,
    ],
    ['less at most than at least', () => hyperband({ minResource: 4, maxResource: 3 }), /`maxResource` .* at least 4, got 3/],
    ['a bootstrap with auto', () => hyperband({ bootstrapCount: 2 }), /`bootstrapCount` must be 0 where `maxResource`/],
    ['no end', () => asha({} as never), /asha: `maxResource` .* got NaN/],
    ['an end before the beginning', () => asha({ minResource: 4, maxResource: 3 }), /`maxResource` .* at least 4, got 3/],
  ])('%s', (_, make, message) => {
    const error = ((): DownhillError | undefined => {
      try {
        make();
        return undefined;
      } catch (error) {
        return error as DownhillError;
      }
    })();
    expect(error?.code).toBe('invalid-argument');
    expect(error?.message).toMatch(message);
  });
});
