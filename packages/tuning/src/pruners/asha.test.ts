import type { Direction, FrozenTrial } from '@downhill/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportsOf, trialOf, viewOf } from '../../test/pruners/run-trials.ts';
import { isBetter } from '../view/trials.ts';
import { asha } from './asha.ts';

const thirds = asha({ maxResource: 9, reductionFactor: 3 });

/** Pruned trials that each reported once, at step 1. */
const resting = (...values: readonly number[]): readonly FrozenTrial[] =>
  values.map((value, number) => trialOf(number, { state: 'pruned', reports: reportsOf([1, value]) }));

describe('a trial at a rung', () => {
  test('rests while fewer than the reduction factor came, however good it is', () => {
    const running = trialOf(1, { reports: reportsOf([1, -5]) });
    expect(thirds.shouldPrune(viewOf([...resting(3), running]), running)).toBe(true);
    expect(thirds.promote?.(viewOf(resting(3, -5)))).toBe(undefined);
  });

  test('goes on at once where it is the job, and rests where another one is', () => {
    const ends = (value: number): boolean => {
      const running = trialOf(2, { reports: reportsOf([1, value]) });
      return thirds.shouldPrune(viewOf([...resting(3, 2), running]), running);
    };
    expect([ends(1), ends(4)]).toEqual([false, true]);
    expect(thirds.promote?.(viewOf(resting(3, 2, 4)))).toBe(1);
  });

  test('is asked there only: between rungs and from the last one to the end it goes on', () => {
    const ends = (...steps: readonly number[]): boolean => {
      const running = trialOf(0, { reports: reportsOf(...steps.map((step) => [step, 1] as const)) });
      return thirds.shouldPrune(viewOf([running]), running);
    };
    expect([ends(0), ends(0, 1), ends(0, 1, 2), ends(2), ends(1, 2, 3), ends(1, 3, 9), ends(9), ends(1, 3, 9, 10)]).toEqual([
      false,
      true,
      false,
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  test('ends for good when it reports NaN', () => {
    const reports = reportsOf([1, Number.NaN]);
    const running = trialOf(3, { reports });
    expect(thirds.shouldPrune(viewOf([...resting(3, 2, 4), running]), running)).toBe(true);
    const ended = trialOf(0, { state: 'pruned', reports: reportsOf([1, -9], [3, Number.NaN]) });
    const others = resting(0, 3, 2).slice(1);
    expect(thirds.promote?.(viewOf([ended, ...others]))).toBe(undefined);
  });
});

describe('the trial that goes on', () => {
  test('is of the highest rung that has one', () => {
    const higher = [7, 8, 9].map((value, number) => trialOf(number, { state: 'pruned', reports: reportsOf([1, value], [3, value]) }));
    const lower = resting(0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1).slice(3);
    expect(thirds.promote?.(viewOf([...higher, ...lower]))).toBe(0);
  });

  test('is the one that began first where several are equal, and is not there twice after it went on', () => {
    const three = resting(1, 1, 1);
    expect(thirds.promote?.(viewOf(three))).toBe(0);
    const wentOn = trialOf(3, { continues: 0, reports: reportsOf([1, 1]) });
    expect(thirds.promote?.(viewOf([...three, wentOn]))).toBe(undefined);
    const rests = { ...wentOn, state: 'pruned' as const, reports: reportsOf([1, 1], [3, 1]) };
    expect(thirds.promote?.(viewOf([...three, rests]))).toBe(undefined);
  });

  test('is not one that came back without a report more, which would be sent on without end', () => {
    const cameBack = trialOf(3, { state: 'pruned', continues: 0, reports: reportsOf([1, 1]) });
    expect(thirds.promote?.(viewOf([...resting(1, 2, 3), cameBack]))).toBe(undefined);
  });

  test('is chosen among those that failed or are complete too, but is none of them', () => {
    const states = ['failed', 'complete', 'pruned', 'pruned', 'pruned', 'pruned'] as const;
    const trials = states.map((state, number) => trialOf(number, { state, reports: reportsOf([1, number]) }));
    expect(thirds.promote?.(viewOf(trials))).toBe(undefined);
    expect(thirds.promote?.(viewOf([...trials, ...resting(9, 9, 9, 9, 9, 9, 9, 9, 9).slice(6)]))).toBe(2);
  });
});

interface Worker {
  trial?: FrozenTrial;
}

/** Several workers in any order; `values` gives what a configuration comes to at a rung. Gives all trials, and checks each promotion. */
function simulate(order: readonly number[], workers: number, direction: Direction, valueOf: (began: number, rung: number) => number) {
  const [factor, last] = [2, 3];
  const pruner = asha({ maxResource: factor ** last, reductionFactor: factor });
  const trials: FrozenTrial[] = [];
  const busy: Worker[] = Array.from({ length: workers }, () => ({}));
  const beganAs = (trial: FrozenTrial): number =>
    trial.continues === undefined ? trial.number : beganAs(trials[trial.continues] as FrozenTrial);
  const valuesAt = (rung: number): readonly number[] => {
    const continued = new Set(trials.map(({ continues }) => continues));
    return trials.filter(({ number }) => !continued.has(number)).flatMap(({ reports }) => reports[rung]?.value ?? []);
  };
  const goesOn = (trial: FrozenTrial): void => {
    const [rung, values] = [trial.reports.length - 1, valuesAt(trial.reports.length - 1)];
    const better = values.filter((value) => isBetter(direction, value, trial.reports[rung]?.value ?? 0)).length;
    expect(better).toBeLessThan(Math.floor(values.length / factor));
  };
  for (const turn of order) {
    const worker = busy[turn % workers] as Worker;
    if (worker.trial === undefined) {
      const continues = pruner.promote?.(viewOf([...trials], direction));
      const number = trials.length;
      if (continues !== undefined) goesOn(trials[continues] as FrozenTrial);
      worker.trial = trialOf(number, continues === undefined ? {} : { continues, reports: trials[continues]?.reports ?? [] });
      trials.push(worker.trial);
      continue;
    }
    const rung = worker.trial.reports.length;
    const reports = [...worker.trial.reports, { step: factor ** rung, value: valueOf(beganAs(worker.trial), rung) }];
    const running = { ...worker.trial, reports };
    trials[running.number] = running;
    worker.trial = running;
    if (rung === last) trials[running.number] = { ...running, state: 'complete', value: reports.at(-1)?.value ?? 0 };
    else if (pruner.shouldPrune(viewOf([...trials], direction), running)) trials[running.number] = { ...running, state: 'pruned' };
    else goesOn(running);
    if (trials[running.number]?.state !== 'running') delete worker.trial;
  }
  return trials;
}

describe('with any number of workers, in any order', () => {
  const runs = fc.record({
    order: fc.array(fc.nat(3), { minLength: 40, maxLength: 160 }),
    workers: fc.integer({ min: 1, max: 4 }),
    direction: fc.constantFrom<Direction>('minimize', 'maximize'),
    values: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 7, maxLength: 50 }),
  });

  test('only trials among the best of their rung go on, and none twice from the same rung', () => {
    fc.assert(
      fc.property(runs, ({ order, workers, direction, values }) => {
        const trials = simulate(order, workers, direction, (began, rung) => values[(began * 7 + rung) % values.length] ?? 0);
        const continued = trials.flatMap(({ continues }) => continues ?? []);
        expect(new Set(continued).size).toBe(continued.length);
      }),
      { numRuns: 60 },
    );
  });
});
