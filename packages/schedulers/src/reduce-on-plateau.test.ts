import { controlled, type EpochReport, type Json, type RunStart } from '@downhill/core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { linear } from './linear.ts';
import { reduceOnPlateau, type ReduceOnPlateauOptions } from './reduce-on-plateau.ts';
import { scale } from './scale.ts';
import { warmup } from './warmup.ts';

/** The rate after each report. */
function ratesOf(metrics: readonly number[], options: ReduceOnPlateauOptions = {}, from = 16): number[] {
  const rate = controlled(from);
  const plateau = reduceOnPlateau(rate, { factor: 0.5, patience: 1, threshold: 0, ...options });
  return metrics.map((metric) => {
    plateau.report(metric);
    return rate.value;
  });
}

const start = (step = 0, metrics: readonly string[] = ['loss', 'val_loss']): RunStart => ({
  step,
  steps: 100,
  epoch: step / 10,
  epochs: 10,
  metrics,
});
const epoch = (metrics: Record<string, number>): EpochReport => ({ step: 10, steps: 100, epoch: 1, epochs: 10, metrics });

describe('reduceOnPlateau', () => {
  test('lowers the rate with the report after those that patience puts up with, and starts to count anew', () => {
    expect(ratesOf([5, 4, 4, 4, 4, 4, 3, 3, 3])).toEqual([16, 16, 16, 8, 8, 4, 4, 4, 2]);
  });

  test('waits for no report with a patience of 0', () => {
    expect(ratesOf([5, 4, 4, 4, 3], { patience: 0 })).toEqual([16, 16, 8, 4, 4]);
  });

  test('takes a share of the best as its threshold, or an amount', () => {
    expect(ratesOf([10, 9.1, 8.9, 8.1], { threshold: 0.1, patience: 0 })).toEqual([16, 8, 8, 4]);
    expect(ratesOf([10, 9.6, 9.4], { threshold: 0.5, thresholdMode: 'abs', patience: 0 })).toEqual([16, 8, 8]);
  });

  test('takes more for better in the mode max, and by a name such as accuracy', () => {
    expect(ratesOf([10, 10.9, 11.1, 12], { mode: 'max', threshold: 0.1, patience: 0 })).toEqual([16, 8, 8, 4]);
    expect(ratesOf([0.5, 0.6, 0.5], { monitor: 'val_accuracy', patience: 0 })).toEqual([16, 16, 8]);
    expect(ratesOf([1, 1.4, 1.6], { mode: 'max', threshold: 0.5, thresholdMode: 'abs', patience: 0 })).toEqual([16, 8, 8]);
  });

  test('does not count while it cools down, though the best may move', () => {
    expect(ratesOf([5, 5, 5, 5, 5, 5], { patience: 0, cooldown: 2 })).toEqual([16, 8, 8, 8, 4, 4]);
    expect(ratesOf([5, 5, 3, 4, 4], { patience: 0, cooldown: 1 })).toEqual([16, 8, 8, 4, 4]);
  });

  test('goes no lower than `min`, and leaves out a change that is too small', () => {
    expect(ratesOf([1, 1, 1, 1, 1, 1], { patience: 0, min: 3 })).toEqual([16, 8, 4, 3, 3, 3]);
    expect(ratesOf([1, 1, 1, 1, 1, 1], { patience: 0, epsilon: 2 })).toEqual([16, 8, 4, 4, 4, 4]);
    expect(ratesOf([1, 1], { patience: 0, min: 20 })).toEqual([16, 16]);
  });

  test('puts up with ten reports, then takes a tenth, where nothing is given, as PyTorch does', () => {
    const rate = controlled(1);
    const plateau = reduceOnPlateau(rate);
    const lowered = [100, ...Array<number>(11).fill(99.9901)].map((metric) => plateau.report(metric)).indexOf(true);
    expect([lowered, rate.value]).toEqual([11, 0.1]); // 99.9901 is no better by a ten-thousandth of 100
    const other = reduceOnPlateau(controlled(1));
    for (const metric of [100, 99.9899]) other.report(metric);
    expect(other.state.best).toBe(99.9899);
    const [tiny, small] = [controlled(1.1e-8), controlled(1.2e-8)];
    for (const each of [tiny, small].map((every) => reduceOnPlateau(every, { patience: 0 })))
      for (const metric of [1, 1]) each.report(metric);
    expect([tiny.value, small.value]).toEqual([1.1e-8, expect.closeTo(1.2e-9, 20)]);
  });

  test('moves every schedule that the rate is part of', () => {
    const rate = controlled(0.8);
    const [warm, half] = [warmup(rate, { steps: 4 }), scale(rate, 0.5)];
    const plateau = reduceOnPlateau(rate, { factor: 0.5, patience: 0 });
    plateau.report(1);
    plateau.report(1);
    expect([warm.at(2), warm.at(4), half.at(9)]).toEqual([0.2, 0.4, 0.2]);
  });

  test.each([
    ['no rate', 0.1, {}, '`rate` must be a controlled schedule, got 0.1. Make it by controlled(0.1) of @downhill/core'],
    ['a rate that nobody can set', linear({ from: 1, steps: 4 }), {}, '`rate` must be a controlled schedule'],
    ['a schedule of a controlled rate', scale(controlled(1), 1), {}, '`rate` must be a controlled schedule'],
    ['a factor of 1', controlled(1), { factor: 1 }, '`factor` must be a finite number, at least 0 and below 1, got 1'],
    ['a fractional patience', controlled(1), { patience: 0.5 }, '`patience` must be a whole number, at least 0, got 0.5'],
    ['a negative cooldown', controlled(1), { cooldown: -1 }, '`cooldown` must be a whole number, at least 0, got -1'],
    ['a negative threshold', controlled(1), { threshold: -1 }, '`threshold` must be a finite number, at least 0, got -1'],
    [
      'another threshold mode',
      controlled(1),
      { thresholdMode: 'absolute' },
      "`thresholdMode` must be one of 'rel', 'abs', got \"absolute\"",
    ],
    ['a name without a direction', controlled(1), { monitor: 'score' }, "`mode` must be 'min' or 'max'"],
    ['PyTorch’s name for an option', controlled(1), { min_lr: 0.1 }, 'has no option `min_lr`'],
    ['an epsilon below 0', controlled(1), { epsilon: -1 }, '`epsilon` must be a finite number, at least 0, got -1'],
    ['a `verbose` of 2', controlled(1), { verbose: 2 }, '`verbose` must be a whole number, at least 0 and at most 1, got 2'],
  ])('refuses %s', (_, rate, options, message) => {
    expect(() => reduceOnPlateau(rate as never, options as never)).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
    expect(() => reduceOnPlateau(rate as never, options as never)).toThrow(`reduceOnPlateau: ${message}`);
  });
});

describe('a metric that is NaN', () => {
  const warn = vi.spyOn(console, 'warn');
  beforeEach(() => void warn.mockReset().mockImplementation(() => {}));
  afterEach(() => void warn.mockReset());

  test('is no improvement, also as the first', () => {
    expect(ratesOf([Number.NaN, Number.NaN, 5, 5, Number.NaN])).toEqual([16, 8, 8, 8, 4]);
  });

  test('is said in words at the first of each row of them', () => {
    ratesOf([1, Number.NaN, Number.NaN, 1, Number.NaN], { patience: 9 });
    expect(warn.mock.calls).toEqual([
      [expect.stringMatching(/reduceOnPlateau was told NaN for val_loss/)],
      [expect.stringContaining('NaN')],
    ]);
  });

  test('is not the same as no metric', () => {
    expect(() => reduceOnPlateau(controlled(1)).report(undefined as never)).toThrow(
      'reduceOnPlateau: `metric` must be a number, got undefined. Report a number of the epoch, such as logs.val_loss',
    );
    expect(warn).not.toHaveBeenCalled();
  });
});

describe('reduceOnPlateau as a hook', () => {
  test('reads its metric after each epoch, and begins anew with a run', () => {
    const rate = controlled(1);
    const plateau = reduceOnPlateau(rate, { factor: 0.5, patience: 1 });
    for (const value of [0.5, 0.5]) void plateau.onEpoch?.(epoch({ loss: 9, val_loss: value }));
    expect(plateau.state).toEqual({ best: 0.5, wait: 1, cooldown: 0 });
    void plateau.onStart?.(start(), undefined);
    expect(plateau.state).toEqual({ best: null, wait: 0, cooldown: 0 });
    expect(rate.value).toBe(1);
  });

  test('says at the start of a run that there is no such metric', () => {
    expect(() => reduceOnPlateau(controlled(1)).onStart?.(start(0, ['loss']), undefined)).toThrow(
      expect.objectContaining({
        code: 'unknown-name',
        message: expect.stringContaining("`monitor` is 'val_loss', but the metrics of the run are loss"),
      }),
    );
  });

  test.each([[[3, 2, 2]], [[]], [[-Infinity, 1]]])('goes on after %j where it stopped, its state having been JSON', (metrics) => {
    const [rate, again] = [controlled(1), controlled(1)];
    const [first, second] = [rate, again].map((each) => reduceOnPlateau(each, { factor: 0.5, patience: 2, cooldown: 1 }));
    for (const metric of metrics) first!.report(metric);
    second!.loadState?.(JSON.parse(JSON.stringify(first!.saveState?.())) as Json);
    void second!.onStart?.(start(20), undefined);
    const rest = [2, 2, 2, 2, 2, 1, 1];
    expect(rest.map((metric) => second!.report(metric))).toEqual(rest.map((metric) => first!.report(metric)));
    expect(second!.state).toEqual(first!.state);
    expect(again.value).toBe(rate.value);
  });

  test('tells the console of a reduction where it is asked to', () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    ratesOf([2, 2, 2], { patience: 0, verbose: 1 }, 1);
    ratesOf([2, 2, 2], { patience: 0 }, 1);
    expect(log.mock.calls).toEqual([
      ['reduceOnPlateau: val_loss no longer improves on 2: 1 becomes 0.5'],
      ['reduceOnPlateau: val_loss no longer improves on 2: 0.5 becomes 0.25'],
    ]);
    log.mockRestore();
  });
});
