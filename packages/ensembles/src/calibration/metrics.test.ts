import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { madeUp, membersArbitrary } from '../../test/members.ts';
import {
  accuracy,
  brierDecomposition,
  brierScore,
  classwiseCalibrationError,
  combine,
  expectedCalibrationError,
  maximumCalibrationError,
  mean,
  negativeLogLikelihood,
  oneHotOutputs,
  outputsFrom,
  reliabilityDiagram,
  type BinningOptions,
  type Outputs,
} from '../index.ts';

const made = ({ strength, classes, seed }: { strength: number; classes: number; seed: number }) => {
  const { members, labels } = madeUp([strength], { classes, seed, examples: 50 });
  return { outputs: members[0]!, labels };
};
const problem = fc
  .record({ strength: fc.double({ min: 0, max: 3, noNaN: true }), classes: fc.integer({ min: 2, max: 4 }), seed: fc.nat(1000) })
  .map(made);
const binning = fc.record({ bins: fc.integer({ min: 1, max: 20 }), binning: fc.constantFrom('equalWidth' as const, 'equalMass' as const) });
const metrics = {
  accuracy,
  brierScore,
  classwiseCalibrationError,
  expectedCalibrationError,
  maximumCalibrationError,
  negativeLogLikelihood,
};

describe('every metric', () => {
  test.each(Object.entries(metrics))('%s of one column is that of two', (_, metric) => {
    const column = [0.9, 0.3, 0.55, 0.2];
    const labels = [1, 1, 0, 0];
    expect(metric(outputsFrom(column.map((p) => [p])), labels)).toBe(metric(outputsFrom(column.map((p) => [1 - p, p])), labels));
  });

  test.each(Object.entries(metrics))('%s is told of logits, NaN and labels that do not fit', (name, metric) => {
    const fine = outputsFrom([[0.5, 0.5]]);
    const refused = (outputs: Outputs, labels: readonly number[], code: string): void =>
      expect(() => metric(outputs, labels)).toThrow(expect.objectContaining({ code, message: expect.stringContaining(name) as string }));
    refused(outputsFrom([[4, -1]]), [0], 'data-invalid');
    refused(outputsFrom([[Number.NaN, 1]]), [0], 'non-finite');
    refused(fine, [0, 1], 'shape-mismatch');
    refused(fine, [2], 'data-invalid');
    refused(fine, [0.5], 'data-invalid');
  });

  test('is best for a model that is right and sure', () => {
    const perfect = oneHotOutputs([2, 0, 1], 3);
    const scores = Object.entries(metrics).map(([name, metric]) => [name, metric(perfect, [2, 0, 1])]);
    expect(Object.fromEntries(scores)).toEqual({ ...Object.fromEntries(scores.map(([name]) => [name, 0])), accuracy: 1 });
  });
});

describe('proper scores', () => {
  test('of the mean prediction are no worse than the members’ mean score', () => {
    fc.assert(
      fc.property(membersArbitrary, fc.nat(), (members, drawn) => {
        const [examples, classes] = members[0]!.shape;
        const labels = Array.from({ length: examples }, (_, i) => (drawn + 7 * i) % classes);
        for (const score of [negativeLogLikelihood, brierScore]) {
          const alone = members.reduce((sum, member) => sum + score(member, labels), 0) / members.length;
          expect(score(combine(members, mean()), labels)).toBeLessThanOrEqual(alone + 1e-9);
        }
      }),
    );
  });

  test('of certainty in the wrong class are finite', () => {
    expect(negativeLogLikelihood(outputsFrom([[1, 0]]), [1])).toBeCloseTo(-Math.log(1e-15), 12);
    expect(brierScore(outputsFrom([[1, 0]]), [1])).toBe(2);
  });
});

describe('calibration errors', () => {
  test('have the 15 bins of equal width of Guo et al. where none are asked for', () => {
    const { outputs, labels } = made({ strength: 1, classes: 3, seed: 2 });
    expect(reliabilityDiagram(outputs, labels)).toEqual(reliabilityDiagram(outputs, labels, { bins: 15, binning: 'equalWidth' }));
    for (const error of [expectedCalibrationError, maximumCalibrationError, classwiseCalibrationError])
      expect(error(outputs, labels)).toBe(error(outputs, labels, { bins: 15 }));
  });

  test('are between the gap of the whole and the largest of a bin', () => {
    fc.assert(
      fc.property(problem, binning, ({ outputs, labels }, options) => {
        const { ece, mce, accuracy: right, confidence, bins, examples } = reliabilityDiagram(outputs, labels, options);
        expect(ece).toBeGreaterThanOrEqual(Math.abs(right - confidence) - 1e-12);
        expect(mce).toBeGreaterThanOrEqual(ece - 1e-12);
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(examples);
      }),
    );
  });

  test('of one bin are the gap of the whole', () => {
    fc.assert(
      fc.property(problem, ({ outputs, labels }) => {
        const { ece, accuracy: right, confidence } = reliabilityDiagram(outputs, labels, { bins: 1 });
        expect(ece).toBeCloseTo(Math.abs(right - confidence), 12);
      }),
    );
  });

  test('sort a confidence on a bound into the bin below it, whatever the number of bins', () => {
    for (let bins = 1; bins <= 60; bins++)
      for (let b = Math.ceil(bins / 2); b <= bins; b++) {
        const p = b / bins;
        const { bins: found } = reliabilityDiagram(outputsFrom([[p, 1 - p]]), [0], { bins });
        const place = p === 0.5 && bins === 1 ? 0 : b - 1;
        expect(found[place]?.count).toBe(1);
      }
  });

  test('of equal masses have counts that differ by one at most', () => {
    const { outputs, labels } = made({ strength: 1, classes: 3, seed: 1 });
    const counts = reliabilityDiagram(outputs, labels, { bins: 15, binning: 'equalMass' }).bins.map(({ count }) => count);
    expect(Math.max(...counts) - Math.min(...counts)).toBe(1);
  });

  test('by class see what the largest probability hides', () => {
    const outputs = outputsFrom(Array.from({ length: 4 }, () => [0.5, 0.4, 0.1]));
    const labels = [0, 0, 2, 2];
    expect(expectedCalibrationError(outputs, labels)).toBe(0);
    expect(classwiseCalibrationError(outputs, labels)).toBeCloseTo((0 + 0.4 + 0.4) / 3, 14);
  });

  test.each([
    [{ bins: 0 }, '`bins` must be a whole number, at least 1, got 0'],
    [{ binning: 'quantile' as never }, "`binning` must be one of 'equalWidth', 'equalMass'"],
  ] satisfies [BinningOptions, string][])('refuse %j', (options, message) => {
    expect(() => expectedCalibrationError(outputsFrom([[1, 0]]), [0], options)).toThrow(message);
  });
});

describe('brierDecomposition', () => {
  test('adds up to the score with what Stephenson’s equation leaves within the bins', () => {
    fc.assert(
      fc.property(problem, binning, ({ outputs, labels }, options) => {
        const parts = brierDecomposition(outputs, labels, options);
        expect(parts.score).toBeCloseTo(brierScore(outputs, labels), 12);
        expect(parts.reliability - parts.resolution + parts.uncertainty + parts.withinBins).toBeCloseTo(parts.score, 12);
        for (const part of [parts.reliability, parts.resolution, parts.uncertainty]) expect(part).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('is exact where the forecasts in a bin are equal, as Murphy’s is', () => {
    const outputs = outputsFrom([0.1, 0.1, 0.1, 0.8, 0.8].map((p) => [1 - p, p]));
    const parts = brierDecomposition(outputs, [0, 0, 1, 1, 0], { bins: 10 });
    expect(parts.withinBins).toBeCloseTo(0, 14);
    expect(parts.reliability).toBeCloseTo(2 * (0.6 * (1 / 3 - 0.1) ** 2 + 0.4 * (0.5 - 0.8) ** 2), 14);
    expect(parts.resolution).toBeCloseTo(2 * (0.6 * (1 / 3 - 0.4) ** 2 + 0.4 * (0.5 - 0.4) ** 2), 14);
    expect(parts.uncertainty).toBeCloseTo(2 * 0.4 * 0.6, 14);
  });

  test('leaves within a single bin the variance of the forecasts less twice their covariance with what happens', () => {
    const p = [0.2, 0.4, 0.9];
    const y = [0, 1, 1];
    const mean = (x: number[]): number => x.reduce((a, b) => a + b, 0) / x.length;
    const covariance = (a: number[], b: number[]): number => mean(a.map((value, i) => (value - mean(a)) * (b[i]! - mean(b))));
    const { withinBins } = brierDecomposition(outputsFrom(p.map((value) => [value])), y, { bins: 1 });
    expect(withinBins).toBeCloseTo(2 * (covariance(p, p) - 2 * covariance(p, y)), 14);
  });
});
