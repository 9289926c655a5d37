import { build, register } from '@downhill/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { madeUp } from '../../test/members.ts';
import {
  calibrate,
  calibrator,
  expectedCalibrationError,
  fitIsotonic,
  fitPlatt,
  fitTemperature,
  fitVectorScaling,
  isotonic,
  negativeLogLikelihood,
  outputsFrom,
  platt,
  predictedClasses,
  temperature,
  vectorScaling,
  type Calibrator,
  type Outputs,
} from '../index.ts';

const fits = { fitTemperature, fitVectorScaling, fitPlatt, fitIsotonic };

/** A model that is too sure of itself, on data to fit on and on other data. */
function tooSure(classes = 3) {
  const { members, labels } = madeUp([1.2], { classes, examples: 4000 });
  const sharpened = calibrate(members[0]!, temperature(0.25));
  const part = (from: number, to: number): { outputs: Outputs; labels: number[] } => ({
    outputs: { values: sharpened.values.slice(from * classes, to * classes), shape: [to - from, classes] },
    labels: labels.slice(from, to),
  });
  return { validation: part(0, 2000), test: part(2000, 4000) };
}
const columnOf = ({ values, shape: [examples] }: Outputs): Outputs =>
  outputsFrom(Array.from({ length: examples }, (_, i) => [values[2 * i + 1]!]));
const asLogits = ({ values, shape }: Outputs): Outputs => ({ values: Float64Array.from(values, (p) => Math.log(p) + 3), shape });

describe('every calibration', () => {
  test.each(Object.entries(fits).flatMap(([name, fit]) => [2, 3].map((classes) => ({ name, classes, fit }))))(
    '$name makes a model of $classes classes that is too sure mean what it says, on data that it was not fitted on',
    ({ fit, classes }) => {
      const { validation, test: unseen } = tooSure(classes);
      const fitted = fit(validation.outputs, validation.labels);
      const calibrated = calibrate(unseen.outputs, fitted);
      const before = expectedCalibrationError(unseen.outputs, unseen.labels);
      expect(before).toBeGreaterThan(0.1);
      expect(expectedCalibrationError(calibrated, unseen.labels)).toBeLessThan(before / 3);
      expect(negativeLogLikelihood(calibrated, unseen.labels)).toBeLessThan(negativeLogLikelihood(unseen.outputs, unseen.labels));
    },
  );

  test.each(Object.entries(fits))('%s comes back from JSON', (_, fit) => {
    register({ temperature, vectorScaling, platt, isotonic } as never);
    const { validation, test: unseen } = tooSure();
    const fitted = fit(validation.outputs, validation.labels);
    const again = build(JSON.parse(JSON.stringify(fitted))) as unknown as Calibrator;
    expect(calibrate(unseen.outputs, again)).toEqual(calibrate(unseen.outputs, fitted));
  });

  test.each(Object.entries(fits))('%s of one column is that of two, and one column again', (_, fit) => {
    const { validation } = tooSure(2);
    const column = columnOf(validation.outputs);
    const [one, two] = [
      calibrate(column, fit(column, validation.labels)),
      calibrate(validation.outputs, fit(validation.outputs, validation.labels)),
    ];
    expect(one.shape).toEqual([2000, 1]);
    one.values.forEach((p, i) => expect(p).toBeCloseTo(two.values[2 * i + 1]!, 8));
  });

  test.each(['fitTemperature', 'fitVectorScaling', 'fitPlatt'] as const)('%s takes logits as well as their probabilities', (name) => {
    const { validation } = tooSure();
    const { outputs, labels } = validation;
    const [byLogits, byProbabilities] = [
      calibrate(asLogits(outputs), fits[name](asLogits(outputs), labels, { of: 'logits' })),
      calibrate(outputs, fits[name](outputs, labels)),
    ];
    byLogits.values.forEach((p, i) => expect(p).toBeCloseTo(byProbabilities.values[i]!, 6));
  });

  test.each(Object.entries(fits))('%s is told of logits, NaN and labels that do not fit', (name, fit) => {
    const fine = outputsFrom([
      [0.5, 0.5],
      [0.1, 0.9],
    ]);
    const refused = (run: () => unknown, code: string): void =>
      expect(run).toThrow(expect.objectContaining({ code, message: expect.stringContaining(name) as string }));
    refused(() => fit(outputsFrom([[4, -1]]), [0]), 'data-invalid');
    refused(() => fit(outputsFrom([[4, Number.NaN]]), [0], { of: 'logits' }), 'non-finite');
    refused(() => fit(fine, [0]), 'shape-mismatch');
    refused(() => fit(fine, [0, 2]), 'data-invalid');
    refused(() => fit(fine, [0, 1], { of: 'scores' as never }), 'invalid-argument');
  });

  test.each(Object.entries(fits))('%s gives finite probabilities where validation has one class, is all right or all wrong', (_, fit) => {
    for (const labels of [
      [0, 0],
      [0, 1],
      [1, 0],
    ]) {
      const sure = outputsFrom([
        [1, 0],
        [0, 1],
      ]);
      for (const p of calibrate(sure, fit(sure, labels)).values) {
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
      }
    }
  });

  test('made for other classes is refused', () => {
    const { validation } = tooSure(3);
    for (const fit of [fitVectorScaling, fitPlatt, fitIsotonic])
      expect(() => calibrate(outputsFrom([[0.5, 0.5]]), fit(validation.outputs, validation.labels))).toThrow(
        'has parameters for 3 classes, but outputs of 2 classes take',
      );
    expect(() => calibrate(validation.outputs, 1.5 as never)).toThrow('calibrate: `calibrator` must be a calibrator, got 1.5');
  });
});

describe('temperature', () => {
  test('leaves the predicted classes, and undoes its inverse', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 10, noNaN: true }), fc.nat(100), (T, seed) => {
        const outputs = madeUp([1], { examples: 10, seed }).members[0]!;
        const scaled = calibrate(outputs, temperature(T));
        expect(predictedClasses(scaled)).toEqual(predictedClasses(outputs));
        calibrate(scaled, temperature(1 / T)).values.forEach((p, i) => expect(p).toBeCloseTo(outputs.values[i]!, 8));
      }),
    );
  });

  test('is found again where it was put in', () => {
    const { members, labels } = madeUp([1.5], { examples: 500 });
    const found = (outputs: Outputs): number => (fitTemperature(outputs, labels).config as [number])[0];
    expect(found(calibrate(members[0]!, temperature(0.25)))).toBeCloseTo(4 * found(members[0]!), 10);
  });

  test('ends at its bounds where all is right, or all wrong', () => {
    const outputs = outputsFrom([
      [0.7, 0.3],
      [0.2, 0.8],
    ]);
    expect(fitTemperature(outputs, [0, 1]).config).toEqual([1 / 100, { of: 'probabilities' }]);
    expect(fitTemperature(outputs, [1, 0]).config).toEqual([100, { of: 'probabilities' }]);
  });

  test('refuses 0', () => {
    expect(() => temperature(0)).toThrow('temperature: `T` must be a finite number, above 0, got 0');
  });
});

describe('platt', () => {
  test('stands where Platt’s objective is level', () => {
    const scores = outputsFrom([[2], [-1], [0.5], [-2], [1]]);
    const labels = [1, 0, 0, 0, 1];
    const { slopes, offsets } = fitPlatt(scores, labels, { of: 'logits' }).config as unknown as { slopes: [number]; offsets: [number] };
    const target = (label: number): number => (label === 1 ? 3 / 4 : 1 / 5);
    const differences = labels.map((label, i) => target(label) - 1 / (1 + Math.exp(slopes[0] * scores.values[i]! + offsets[0])));
    expect(differences.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 9);
    expect(differences.reduce((sum, d, i) => sum + d * scores.values[i]!, 0)).toBeCloseTo(0, 9);
  });

  test('refuses lists that do not fit', () => {
    expect(() => platt({ slopes: [1, 2], offsets: [1] })).toThrow('`offsets` must be an array of 2 numbers, got [1]');
    expect(() => platt({ slopes: [Number.NaN], offsets: [1] })).toThrow('`slopes[0]` must be a finite number, got NaN');
  });
});

describe('isotonic', () => {
  test('is the best curve that never falls', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 1 })), { minLength: 1, maxLength: 20 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 9, maxLength: 9 }),
        (points, heights) => {
          const outputs = outputsFrom(points.map(([x]) => [x / 8]));
          const labels = points.map(([, y]) => y);
          const ours = calibrate(outputs, fitIsotonic(outputs, labels)).values;
          const other = heights.toSorted((a, b) => a - b);
          const error = (p: ArrayLike<number>): number => labels.reduce((sum, y, i) => sum + (p[i]! - y) ** 2, 0);
          expect(error(ours)).toBeLessThanOrEqual(error(points.map(([x]) => other[x]!)) + 1e-12);
          points.forEach(([x], i) => points.forEach(([z], j) => x <= z && expect(ours[i]).toBeLessThanOrEqual(ours[j]! + 1e-12)));
        },
      ),
    );
  });

  test('is straight between its points and level outside', () => {
    const curve = isotonic({ curves: [{ x: [0.2, 0.4, 0.8], y: [0.1, 0.3, 0.5] }] });
    const ours = calibrate(outputsFrom([0.1, 0.3, 0.4, 0.7, 0.9].map((p) => [p])), curve).values;
    [0.1, 0.2, 0.3, 0.45, 0.5].forEach((p, i) => expect(ours[i]).toBeCloseTo(p, 14));
  });

  test('gives equal probabilities where all curves say 0', () => {
    const none = { x: [0, 1], y: [0, 0] };
    expect([...calibrate(outputsFrom([[0.2, 0.5, 0.3]]), isotonic({ curves: [none, none, none] })).values]).toEqual([1 / 3, 1 / 3, 1 / 3]);
  });

  test.each([
    [{ x: [0, 0], y: [0, 1] }, '`curves[0].x` must rise'],
    [{ x: [0, 1], y: [1, 0] }, '`curves[0].y` must lie in [0, 1] and never fall'],
    [{ x: [0, 1], y: [0, 2] }, '`curves[0].y` must lie in [0, 1] and never fall'],
    [{ x: [0, 1], y: [0] }, '`curves[0].y` must be an array of 2 numbers'],
  ])('refuses %j', (curve, message) => {
    expect(() => isotonic({ curves: [curve] })).toThrow(message);
  });
});

describe('vectorScaling', () => {
  test('of equal numbers is a temperature', () => {
    const { members } = madeUp([1], { examples: 5 });
    const ours = calibrate(members[0]!, vectorScaling({ weights: [0.5, 0.5, 0.5], biases: [1, 1, 1] }));
    calibrate(members[0]!, temperature(2)).values.forEach((p, i) => expect(ours.values[i]).toBeCloseTo(p, 12));
  });

  test('gives the classes their true shares, which a temperature cannot', () => {
    const outputs = outputsFrom(Array.from({ length: 10 }, () => [0.5, 0.5]));
    const labels = [0, 0, 0, 0, 0, 0, 0, 1, 1, 1];
    expect(calibrate(outputs, fitVectorScaling(outputs, labels)).values[0]).toBeCloseTo(0.7, 8);
    expect(calibrate(outputs, fitTemperature(outputs, labels)).values[0]).toBeCloseTo(0.5, 12);
  });
});

describe('a calibrator of one’s own', () => {
  test('gets logits of one column as those of two classes', () => {
    const seen: Outputs[] = [];
    const spy = calibrator({ name: 'spy', config: {}, of: 'logits', apply: (scores) => (seen.push(scores), scores) });
    calibrate(outputsFrom([[2.5]]), spy);
    expect([...seen[0]!.values]).toEqual([0, 2.5]);
  });
});
