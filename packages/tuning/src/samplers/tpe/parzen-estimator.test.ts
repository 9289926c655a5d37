import { randomStream, streamKey, type Settings } from '@downhill/core';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { categorical } from '../../space/categorical.ts';
import { float } from '../../space/float.ts';
import { int } from '../../space/int.ts';
import { parzenEstimator, type SampledParameter } from './parzen-estimator.ts';

// One case of Optuna 3.1's `_ParzenEstimator` (univariate, prior, magic clip).
const optuna = {
  observations: [3.8885, 1.9388, 4.9926, -2.1293, -2.6236, -1.4626],
  sigmas: [1.9497, 1.9497, 1.1041, 1, 1, 2.4626, 8],
  candidates: [-3, -0.6, 1, 3.4, 5],
  logPdf: [-1.11280098, -1.25754539, -1.28072943, -1.15001378, -1.10059883],
};
const midpoints = (low: number, high: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => low + ((i + 0.5) / count) * (high - low));
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const uniform = (...place: readonly number[]): ((i: number) => number) => {
  const stream = randomStream(streamKey(1, 'test', ...place));
  return (i) => stream.uniformAt(i);
};
const settingsOf = (parameters: Readonly<Record<string, SampledParameter>>, count: number): readonly Settings[] =>
  Array.from({ length: count }, (_, i) => parzenEstimator(parameters, []).sample(uniform(i)));

describe('one parameter alone', () => {
  const observations = optuna.observations.map((x) => ({ x }));

  test('has Optuna’s kernels, and its logarithms', () => {
    const found = parzenEstimator({ x: float(-3, 5) }, observations, { multivariate: false });
    expect(found.weights).toEqual(Array.from({ length: 7 }, () => 1 / 7));
    const { x } = found.kernels;
    if (x?.kind !== 'number') throw new Error('kernels over numbers were expected');
    expect([...x.mus]).toEqual([...optuna.observations, 1]);
    for (const [i, sigma] of optuna.sigmas.entries()) expect(x.sigmas[i]).toBeCloseTo(sigma, 12);
    for (const [i, candidate] of optuna.candidates.entries()) expect(found.logPdf({ x: candidate })).toBeCloseTo(optuna.logPdf[i]!, 7);
  });

  test('widens the outermost kernels to the ends where asked, and lets them be narrow without the clip', () => {
    const found = parzenEstimator({ x: float(0, 10) }, [{ x: 4.999 }, { x: 4.998 }], {
      multivariate: false,
      considerEndpoints: true,
      considerMagicClip: false,
    });
    const { x } = found.kernels;
    if (x?.kind !== 'number') throw new Error('kernels over numbers were expected');
    expect(x.sigmas[0]).toBeCloseTo(0.001, 12);
    expect(x.sigmas[1]).toBeCloseTo(4.998, 12);
  });
});

test('trusts the newest 25 observations more than older ones, unless told to weigh all alike', () => {
  const observations = Array.from({ length: 28 }, (_, i) => ({ x: i / 28 }));
  const { weights } = parzenEstimator({ x: float(0, 1) }, observations);
  expect(weights.slice(0, 5).map((weight) => weight / weights[28]!)).toEqual([
    expect.closeTo(1 / 28),
    expect.closeTo((1 + 1 / 28) / 2),
    expect.closeTo(1),
    expect.closeTo(1),
    expect.closeTo(1),
  ]);
  expect(sum(weights)).toBeCloseTo(1, 12);
  expect(new Set(parzenEstimator({ x: float(0, 1) }, observations, { weights: 'uniform' }).weights).size).toBe(1);
});

describe('parameters together', () => {
  test.each<[string, SampledParameter, readonly number[], (x: number) => number]>([
    ['a float', float(-2, 3), midpoints(-2, 3, 4000), (x) => x],
    ['a logarithm', float(1e-3, 10, { log: true }), midpoints(Math.log(1e-3), Math.log(10), 4000), Math.exp],
  ])('have a density: over %s its integral is 1', (_, x, places, valueOf) => {
    const density = parzenEstimator({ x }, settingsOf({ x }, 9));
    const width = places[1]! - places[0]!;
    expect(sum(places.map((place) => Math.exp(density.logPdf({ x: valueOf(place) })) * width))).toBeCloseTo(1, 6);
  });

  test('are sampled from that density', () => {
    const parameters = { x: float(0, 1), kind: categorical(['a', 'b']) };
    const observations = [0.1, 0.2].map((x) => ({ x, kind: 'a' }));
    const density = parzenEstimator(parameters, observations);
    const samples = Array.from({ length: 4000 }, (_, i) => density.sample(uniform(i)));
    const share = samples.filter(({ x, kind }) => Number(x) < 0.15 && kind === 'a').length / samples.length;
    const chance = sum(midpoints(0, 0.15, 2000).map((x) => (Math.exp(density.logPdf({ x, kind: 'a' })) * 0.15) / 2000));
    expect(Math.abs(share - chance)).toBeLessThan(0.03); // four times its standard error
  });

  test('are seen together: what never went together is unlikely', () => {
    const observations = [0.1, 0.12, 0.14, 0.86, 0.88, 0.9].map((x) => ({ x, y: x }));
    const density = parzenEstimator({ x: float(0, 1), y: float(0, 1) }, observations);
    expect(density.logPdf({ x: 0.1, y: 0.1 }) - density.logPdf({ x: 0.1, y: 0.9 })).toBeGreaterThan(2);
  });
});

describe.each([true, false])('where there are steps or choices, multivariate %s', (multivariate) => {
  test.each<[string, SampledParameter, readonly (number | string)[]]>([
    ['steps', float(0, 1, { step: 0.25 }), [0, 0.25, 0.5, 0.75, 1]],
    ['whole numbers', int(1, 9, { step: 2 }), [1, 3, 5, 7, 9]],
    ['logarithms of whole numbers', int(1, 5, { log: true }), [1, 2, 3, 4, 5]],
    ['choices', categorical(['a', 'b', 'c']), ['a', 'b', 'c']],
  ])('the mixture over %s has chances that add up to 1', (_, x, values) => {
    const density = parzenEstimator({ x }, settingsOf({ x }, 9), { multivariate });
    expect(sum(values.map((value) => Math.exp(density.logPdf({ x: value }))))).toBeCloseTo(1, 9);
  });
});

test('is −Infinity outside the space, and for a choice that is none', () => {
  const density = parzenEstimator({ x: float(0, 1), kind: categorical(['a', 'b']) }, [{ x: 0.5, kind: 'a' }]);
  expect(density.logPdf({ x: 1.1, kind: 'a' })).toBe(-Infinity);
  expect(density.logPdf({ x: 0.5, kind: 'c' })).toBe(-Infinity);
});

test('is finite and keeps to the space, however far apart its numbers are', () => {
  const low = fc.double({ min: -1e12, max: 1e12, noNaN: true });
  fc.assert(
    fc.property(
      low,
      fc.double({ min: 1e-3, max: 1e12, noNaN: true }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true })),
      fc.nat(),
      (from, width, places, seed) => {
        const x = float(from, from + width);
        const observations = places.map((share) => ({ x: Math.min(from + share * width, x.high) }));
        const density = parzenEstimator({ x }, observations, { multivariate: false, considerMagicClip: false });
        const settings = density.sample(uniform(seed));
        expect(settings['x']).toBeGreaterThanOrEqual(x.low);
        expect(settings['x']).toBeLessThanOrEqual(x.high);
        expect(Number.isNaN(density.logPdf(settings))).toBe(false);
      },
    ),
  );
});

test.each<[string, object, string]>([
  ['a prior without weight', { priorWeight: 0 }, '`priorWeight` must be a finite number, above 0, got 0'],
  ['other weights', { weights: 'new' }, "`weights` must be one of 'old-decay', 'uniform', got \"new\""],
  ['a misspelled name', { priorweight: 1 }, 'Did you mean `priorWeight`?'],
])('refuses %s', (_, options, message) => {
  expect(() => parzenEstimator({ x: float(0, 1) }, [], options)).toThrow(
    expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(message) }),
  );
});
