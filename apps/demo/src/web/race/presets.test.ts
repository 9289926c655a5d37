import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseFormula } from '../formula/parse-formula.ts';
import { presets, raceOf, type Preset } from './presets.ts';
import { readRace, writeRace } from './race-address.ts';
import { surfaceOf } from './race-state.ts';
import { transformOf } from './rules.ts';
import { runRacer } from './run-racer.ts';
import { pairAt, stepsOf, type Trace } from './trace.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const traces = new Map<Preset, readonly Trace[]>(); // each is run once

function tracesOf(preset: Preset): readonly Trace[] {
  const known = traces.get(preset) ?? run(preset);
  traces.set(preset, known);
  return known;
}

function run(preset: Preset): readonly Trace[] {
  const race = raceOf(preset);
  const formula = parseFormula(surfaceOf(race).formula);
  return race.racers.map((racer) => {
    const way = runRacer({ ...race, formula, transform: transformOf(racer, race) });
    for (;;) {
      const { done, value } = way.next();
      if (done === true) return value;
    }
  });
}

const preset = (slide: number): Preset => presets().find((other) => other.slide === slide)!;
const last = ({ losses }: Trace): number => losses.at(-1) ?? Number.NaN;
const xs = ({ points }: Trace): number[] => Array.from(points).filter((_, i) => i % 2 === 0);
const ys = ({ points }: Trace): number[] => Array.from(points).filter((_, i) => i % 2 === 1);
const turns = (values: readonly number[]): number => values.filter((value, i) => i > 0 && value * (values[i - 1] ?? 0) < 0).length;
const stepSizes = (trace: Trace): number[] =>
  Array.from({ length: stepsOf(trace) }, (_, i) => {
    const [[x, y], [nextX, nextY]] = [pairAt(trace.points, i), pairAt(trace.points, i + 1)];
    return Math.hypot(nextX - x, nextY - y);
  });

describe('the pictures of the lecture', () => {
  test('there is one for each of the slides 1 to 14', () => {
    expect(
      presets()
        .map(({ slide }) => slide)
        .slice(0, 14),
    ).toEqual(Array.from({ length: 14 }, (_, i) => i + 1));
  });

  test.each(presets())('slide $slide runs to its end: $title', (each) => {
    for (const { ended } of tracesOf(each)) expect(ended).toEqual({ kind: 'finished' });
  });

  test.each(presets())('slide $slide is the same race when its address is opened', (each) => {
    const race = raceOf(each);
    const { state, problems } = readRace(new URLSearchParams(writeRace(race).toString()));
    expect(problems).toEqual([]);
    expect(writeRace(state).toString()).toBe(writeRace(race).toString());
  });

  test('1: a large rate jumps across the valley at every step, a small one hardly moves along it', () => {
    const [large, small] = tracesOf(preset(1));
    expect(turns(ys(large!))).toBe(60);
    expect(xs(small!).at(-1)).toBeLessThan(-2.5);
    expect(xs(large!).at(-1)).toBeGreaterThan(-0.5);
  });

  test('2: SGD stays at the saddle, momentum and Adam leave it', () => {
    const [plain, momentum, adam] = tracesOf(preset(2));
    expect(Math.abs(last(plain!))).toBeLessThan(0.01);
    expect(last(momentum!)).toBeLessThan(-0.5);
    expect(last(adam!)).toBeLessThan(-0.5);
  });

  test('3: at a constant rate noise keeps the way from coming to rest', () => {
    const sizes = tracesOf(preset(3)).map(
      (trace) =>
        stepSizes(trace)
          .slice(-20)
          .reduce((sum, size) => sum + size, 0) / 20,
    );
    expect(sizes[0]).toBeGreaterThan(0.2);
    expect(sizes[1]).toBeLessThan(sizes[0]! / 3);
  });

  test('4: momentum is lower than SGD after as many steps', () => {
    const [plain, momentum] = tracesOf(preset(4));
    expect(last(momentum!)).toBeLessThan(last(plain!) / 100);
  });

  test('7: Nesterov swings less far across the valley than momentum', () => {
    const [momentum, nesterov] = tracesOf(preset(7)).map((trace) => Math.max(...ys(trace)));
    expect(nesterov).toBeLessThan(momentum!);
  });

  test("8: Nesterov's two forms end in one place", () => {
    const [one, other] = tracesOf(preset(8)).map((trace) => pairAt(trace.points, stepsOf(trace)));
    expect(Math.hypot(one![0] - other![0], one![1] - other![1])).toBeLessThan(0.05);
  });

  test('9: the steps of AdaGrad die out where those of RMSProp go on', () => {
    const [adagrad, rmsprop] = tracesOf(preset(9)).map(stepSizes);
    expect(adagrad![299]! / adagrad![5]!).toBeLessThan(0.4);
    expect(rmsprop![299]! / rmsprop![5]!).toBeGreaterThan(0.6);
  });

  test('11: AdaGrad is no slower than RMSProp at first and falls behind later', () => {
    const [, , adagrad, rmsprop] = tracesOf(preset(11));
    expect(adagrad!.losses[5]).toBeLessThanOrEqual(rmsprop!.losses[5]!);
    expect(last(adagrad!)).toBeGreaterThan(2 * last(rmsprop!));
  });

  test('13: without bias correction the first step of Adam is more than three times as long', () => {
    const [corrected, raw] = tracesOf(preset(13)).map((trace) => stepSizes(trace)[0] ?? 0);
    expect(raw! / corrected!).toBeCloseTo(0.1 / Math.sqrt(0.001), 1);
  });

  test('14: a step of Adam moves a weight by about the rate', () => {
    for (const [i, rate] of [1e-3, 5e-4, 1e-4].entries()) {
      const [x, y] = pairAt(tracesOf(preset(14))[i]!.points, 1);
      expect(Math.abs(x + 0.7)).toBeCloseTo(rate, 5);
      expect(Math.abs(y - 0.4)).toBeCloseTo(rate, 5);
    }
  });

  test.each(presets().filter(({ slide }) => slide >= 19))(
    '$slide: what knows the curvature is at the minimum long before what does not',
    (each) => {
      const [first, ...second] = tracesOf(each).map(last);
      expect(first).toBeGreaterThan(0.1);
      for (const loss of second) expect(loss).toBeLessThan(1e-6);
    },
  );
});
