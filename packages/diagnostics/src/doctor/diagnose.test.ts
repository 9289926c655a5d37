import { isDownhillError } from '@downhill/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Curves } from '../curves.ts';
import { diagnose } from './diagnose.ts';
import { FINDINGS } from './rule.ts';

const series = (epochs: number, at: (epoch: number) => number): number[] => Array.from({ length: epochs }, (_, epoch) => at(epoch));
/** Noise without a generator: the same at every run. */
const shake = (epoch: number): number => Math.sin(epoch * 12.9898 + 1) * Math.cos(epoch * 78.233);
const tenClasses = { initialLoss: 2.35, classes: 10, lossFunction: 'crossEntropy' } as const;

const slow: Curves = {
  ...tenClasses,
  trainLoss: series(30, (epoch) => 2.34 - 0.006 * epoch),
  validationLoss: series(30, (epoch) => 2.335 - 0.006 * epoch),
  trainAccuracy: series(30, (epoch) => 0.1 + 0.004 * epoch),
  validationAccuracy: series(30, (epoch) => 0.11 + 0.004 * epoch),
  learningRate: series(30, () => 1e-5),
};
const overfit: Curves = {
  ...tenClasses,
  trainLoss: series(40, (epoch) => 2.2 * 0.8 ** epoch),
  validationLoss: series(40, (epoch) => 2.2 * 0.75 ** epoch + 0.5 + 0.03 * epoch),
  trainAccuracy: series(40, (epoch) => 1 - 0.8 * 0.8 ** epoch),
  validationAccuracy: series(40, (epoch) => 0.78 - 0.6 * 0.8 ** epoch),
  learningRate: series(40, () => 1e-3),
};
const cutTooEarly: Curves = {
  ...tenClasses,
  trainLoss: series(40, (epoch) => (epoch < 4 ? 2.2 - 0.3 * epoch : 1.2 - 0.0005 * epoch)),
  validationLoss: series(40, (epoch) => (epoch < 4 ? 2.1 - 0.3 * epoch : 1.19 - 0.0005 * epoch)),
  trainAccuracy: series(40, (epoch) => (epoch < 4 ? 0.2 + 0.1 * epoch : 0.6)),
  validationAccuracy: series(40, (epoch) => (epoch < 4 ? 0.2 + 0.1 * epoch : 0.61)),
  learningRate: series(40, (epoch) => (epoch < 4 ? 0.1 : 0.001)),
};
const healthy: Curves = {
  ...tenClasses,
  trainLoss: series(40, (epoch) => (1.9 * 0.7 ** epoch + 0.15) * (1 + 0.01 * shake(epoch))),
  validationLoss: series(40, (epoch) => (1.5 * 0.7 ** epoch + 0.17) * (1 + 0.01 * shake(epoch + 50))),
  trainAccuracy: series(40, (epoch) => 0.96 - 0.8 * 0.7 ** epoch + 0.004 * shake(epoch)),
  validationAccuracy: series(40, (epoch) => 0.95 - 0.7 * 0.7 ** epoch + 0.004 * shake(epoch + 20)),
  learningRate: series(40, (epoch) => 0.05 * (1 + Math.cos((Math.PI * epoch) / 40))),
};

describe('diagnose', () => {
  test.each([
    ['lr_too_low', slow],
    ['overfitting', overfit],
    ['lr_decayed_too_early', cutTooEarly],
    ['healthy', healthy],
    ['diverged_nan', { ...healthy, trainLoss: [...healthy.trainLoss.slice(0, 30), ...series(10, () => Number.NaN)] }],
    ['diverged_nan', { trainLoss: [null, null] }],
  ] as const)('finds %s', (finding, curves) => {
    const found = diagnose(curves);
    expect(found.finding).toBe(finding);
    expect(found.confidence).toBeGreaterThan(0.5);
  });

  test('explains itself in one paragraph with the numbers that it used', () => {
    const { advice, evidence, explanation } = diagnose(overfit);
    expect(explanation).not.toContain('\n');
    for (const { text } of evidence.slice(0, 4)) expect(explanation.toLowerCase()).toContain(text.toLowerCase());
    expect(explanation).toMatch(/\d/);
    expect(advice).toContain('augmentation');
    const rise = evidence.find(({ feature }) => feature === 'validationRise')?.value ?? 0;
    const validation = overfit.validationLoss as number[];
    expect(Math.exp(rise)).toBeCloseTo((validation.at(-2) ?? 0) / Math.min(...validation), 1);
  });

  test('gives all findings, ranked, and together they are certain', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1e-3, max: 50, noNaN: true }), { minLength: 1, maxLength: 40 }),
        fc.option(fc.integer({ min: 2, max: 1000 }), { nil: undefined }),
        (trainLoss, classes) => {
          const known = classes === undefined ? {} : { classes, lossFunction: 'crossEntropy' as const };
          const { finding, confidence, others } = diagnose({ trainLoss, ...known });
          const all = [{ finding, confidence }, ...others];
          expect(all.map((each) => each.finding).sort()).toEqual([...FINDINGS].sort());
          expect(all.reduce((sum, each) => sum + each.confidence, 0)).toBeCloseTo(1, 9);
          for (const [i, each] of others.entries()) expect(each.confidence).toBeLessThanOrEqual(all[i]?.confidence ?? 0);
        },
      ),
    );
  });

  test('has words and numbers for whatever a run holds: NaN, gaps, zeros, losses below zero, rates of zero', () => {
    const odd = fc.oneof(fc.double(), fc.constantFrom(null, 0, Number.NaN, Infinity, 1e300, 1e-300));
    const shares = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(null));
    const run = fc.integer({ min: 1, max: 12 }).chain((epochs) => {
      const column = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(values, { minLength: epochs, maxLength: epochs });
      const series = { trainLoss: column(odd), validationLoss: column(odd), trainAccuracy: column(shares), learningRate: column(odd) };
      return fc.record({ ...series, initialLoss: odd, classes: fc.integer({ min: 2, max: 9 }) }, { requiredKeys: ['trainLoss'] });
    });
    fc.assert(
      fc.property(run, (curves) => {
        const { confidence, explanation, others } = diagnose(curves as Curves);
        expect(others.reduce((sum, other) => sum + other.confidence, confidence)).toBeCloseTo(1, 9);
        expect(explanation).not.toMatch(/NaN %|NaN times|Infinity|undefined/);
      }),
      { numRuns: 300 },
    );
  });

  test('does not mind the unit of the loss where neither classes nor loss function are known', () => {
    const { classes: _, lossFunction: __, ...bare } = overfit;
    const scaled = (curves: Curves): Curves => ({
      ...curves,
      trainLoss: curves.trainLoss.map((loss) => 16 * (loss ?? 0)),
      validationLoss: (curves.validationLoss ?? []).map((loss) => 16 * (loss ?? 0)),
      initialLoss: 16 * (curves.initialLoss ?? 0),
    });
    expect(diagnose(scaled(bare)).others).toEqual(diagnose(bare).others);
  });

  test('is the surer the longer it has watched', () => {
    const after = (epochs: number): number => {
      const part = Object.entries(slow).map(([name, value]) => [name, Array.isArray(value) ? value.slice(0, epochs) : value]);
      const { finding, confidence, others } = diagnose(Object.fromEntries(part) as Curves);
      return [{ finding, confidence }, ...others].find((each) => each.finding === 'lr_too_low')?.confidence ?? 0;
    };
    expect(after(4)).toBeLessThan(after(10));
    expect(after(10)).toBeLessThan(after(30));
  });

  test('works with less, and says what it cannot tell', () => {
    const { cannotTell, explanation } = diagnose({ trainLoss: overfit.trainLoss });
    expect(cannotTell.join()).toMatch(/overfitting.*accuracies.*learning rate.*first step.*classes/);
    for (const what of cannotTell) expect(explanation).toContain(what);
    expect(diagnose(overfit).cannotTell).toEqual([]);
    expect(diagnose({ ...overfit, validationLoss: series(40, () => Number.NaN) }).cannotTell.join()).toContain('overfitting');
  });

  test('takes a run of one epoch, without being sure of anything', () => {
    expect(diagnose({ trainLoss: [1.7] }).confidence).toBeLessThan(0.6);
    expect(diagnose({ ...tenClasses, trainLoss: [1.7], validationLoss: [1.6] }).confidence).toBeLessThan(0.8);
  });

  test('steps over single values that are missing from the validation', () => {
    const validationLoss = (healthy.validationLoss ?? []).map((loss, epoch) => (epoch % 2 === 0 ? loss : null));
    expect(diagnose({ ...healthy, validationLoss }).finding).toBe('healthy');
  });

  test.each([
    [{ trainLoss: [] }, 'invalid-argument', '`trainLoss` must be a list of at least one number'],
    [{ trainLoss: ['1'] }, 'invalid-argument', '`trainLoss` must be a list of numbers'],
    [
      { trainLoss: [1, 2], validationLoss: [1] },
      'shape-mismatch',
      '`validationLoss` must have one value per epoch (2, as `trainLoss`), got 1',
    ],
    [{ trainLoss: [1, 2], learningRate: [0.1] }, 'shape-mismatch', '`learningRate` must have one value per epoch (2'],
    [{ trainLoss: [1], trainAccuracy: [87] }, 'invalid-argument', '`trainAccuracy` must be shares in [0, 1], got 87'],
    [{ trainLoss: [1], classes: 1 }, 'invalid-argument', '`classes` must be a whole number, at least 2, got 1'],
    [{ trainLoss: [1], lossFunction: 'mse' }, 'invalid-argument', "`lossFunction` must be one of 'crossEntropy', 'meanSquaredError'"],
    [{ trainLoss: [1], initialLoss: '2' }, 'invalid-argument', '`initialLoss` must be a number or null'],
    [{ trainLoss: [1], valLoss: [1] }, 'invalid-argument', 'has no option `valLoss`'],
  ])('refuses %j', (curves, code, message) => {
    try {
      diagnose(curves as unknown as Curves);
    } catch (error) {
      expect(isDownhillError(error) && error.code).toBe(code);
      expect((error as Error).message).toContain(message);
      return;
    }
    expect.unreachable();
  });
});
