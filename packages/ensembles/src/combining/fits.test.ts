import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { madeUp } from '../../test/members.ts';
import {
  accuracy,
  brierScore,
  combine,
  fitStacked,
  fitWeighted,
  mean,
  negativeLogLikelihood,
  outOfFold,
  outputsFrom,
  selectMembers,
  stacked,
  weighted,
  type Fold,
  type Outputs,
  type StackedOptions,
} from '../index.ts';

const weightsOf = (fitted: { readonly config: unknown }): readonly number[] => (fitted.config as [readonly number[]])[0];

describe('fitWeighted', () => {
  test('finds the lowest loss: no other weights are better', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 2, noNaN: true }), { minLength: 2, maxLength: 5 }),
        fc.integer({ min: 0, max: 1000 }),
        fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 }),
        (strengths, seed, other) => {
          const { members, labels } = madeUp(strengths, { seed, examples: 60 });
          const best = negativeLogLikelihood(combine(members, fitWeighted(members, labels)), labels);
          const tried = weighted(other.slice(0, members.length));
          expect(best).toBeLessThanOrEqual(negativeLogLikelihood(combine(members, tried), labels) + 1e-12);
          members.forEach((_, m) => {
            const alone = weighted(members.map((_unused, i) => (i === m ? 1 : 0)));
            expect(best).toBeLessThanOrEqual(negativeLogLikelihood(combine(members, alone), labels) + 1e-12);
          });
        },
      ),
      { numRuns: 40 },
    );
  });

  test.each([
    { count: 6, examples: 200 },
    { count: 40, examples: 20 },
    { count: 30, examples: 300 },
  ])(
    'has slopes that agree where weights are above 0, none below them elsewhere: $count members, $examples examples',
    ({ count, examples }) => {
      const strengths = Array.from({ length: count }, (_, m) => (m * 1.7) % 2.2);
      const { members, labels } = madeUp(strengths, { examples });
      const weights = weightsOf(fitWeighted(members, labels));
      expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
      const at = (m: number, i: number): number => members[m]!.values[3 * i + labels[i]!]!;
      const slopes = weights.map(
        (_, m) => -labels.reduce((sum, _label, i) => sum + at(m, i) / weights.reduce((q, w, n) => q + w * at(n, i), 0), 0) / labels.length,
      );
      weights.forEach((weight, m) => {
        if (weight > 0) expect(slopes[m]).toBeCloseTo(-1, 9);
        else expect(slopes[m]).toBeGreaterThan(-1 - 1e-9);
      });
      expect(weights.some((weight) => weight === 0)).toBe(true);
    },
  );

  test('for squared errors solves the equations of least squares', () => {
    const truth = [1, 4, -2, 0.5, 3];
    const members = [
      [1.2, 3.1, -1.5, 0, 3.3],
      [0.5, 4.6, -2.9, 1.1, 2.6],
    ].map((column) => outputsFrom(column.map((value) => [value])));
    const [first = 0] = weightsOf(fitWeighted(members, outputsFrom(truth.map((value) => [value])), { of: 'values' }));
    const [a, b] = members.map(({ values }) => [...values].map((value, i) => value - truth[i]!));
    const apart = b!.map((value, i) => value - a![i]!);
    const dot = (x: number[], y: number[]): number => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
    expect(first).toBeCloseTo(dot(b!, apart) / dot(apart, apart), 12);
  });

  test('can be asked for the Brier score’s best', () => {
    const { members, labels } = madeUp([1.2, 1, 0.8]);
    const [byBrier, byLikelihood] = [fitWeighted(members, labels, { loss: 'squaredError' }), fitWeighted(members, labels)];
    expect(brierScore(combine(members, byBrier), labels)).toBeLessThan(brierScore(combine(members, byLikelihood), labels));
  });

  test('of members that are equal gives what one gives', () => {
    const { members, labels } = madeUp([1]);
    const twins = [members[0]!, members[0]!, members[0]!];
    expect(negativeLogLikelihood(combine(twins, fitWeighted(twins, labels)), labels)).toBeCloseTo(
      negativeLogLikelihood(members[0]!, labels),
      12,
    );
  });

  test('refuses targets that do not fit and a loss that the kind has not', () => {
    const { members, labels } = madeUp([1, 1], { examples: 5 });
    expect(() => fitWeighted(members, labels.slice(1))).toThrow('`labels` must be one class number an example (5), got 4 of them');
    expect(() => fitWeighted(members, [0, 1, 2, 3, 0])).toThrow('`labels` must be whole numbers from 0 to 2, got 3 at 3');
    expect(() => fitWeighted(members, outputsFrom([[1]]), { of: 'values' })).toThrow('the shape of the outputs [5, 3], got [1, 1]');
    expect(() => fitWeighted(members, members[0]!, { of: 'values', loss: 'crossEntropy' })).toThrow("must be one of 'squaredError'");
  });
});

describe('fitStacked', () => {
  /** The gradient of Σ −log p[y] + ‖W‖²/(2C) by central differences. */
  function slopesAt(members: readonly Outputs[], labels: readonly number[], C: number, options: StackedOptions): number[] {
    const flat = [...options.coefficients.flat(), ...options.intercepts];
    const [rows, width] = [options.coefficients.length, options.coefficients[0]!.length];
    const objective = (point: number[]): number => {
      const coefficients = Array.from({ length: rows }, (_, k) => point.slice(k * width, (k + 1) * width));
      const p = combine(members, stacked({ coefficients, intercepts: point.slice(rows * width) }));
      return labels.length * negativeLogLikelihood(p, labels) + coefficients.flat().reduce((sum, w) => sum + w * w, 0) / (2 * C);
    };
    const moved = (j: number, by: number): number[] => flat.map((value, i) => (i === j ? value + by : value));
    return flat.map((_, j) => (objective(moved(j, 1e-4)) - objective(moved(j, -1e-4))) / 2e-4);
  }

  test.each([2, 3, 4])('stands where the objective is level, of %i classes', (classes) => {
    const { members, labels } = madeUp([1, 2], { classes, examples: 80 });
    const fitted = fitStacked(members, labels, { C: 2 });
    const slopes = slopesAt(members, labels, 2, fitted.config as unknown as StackedOptions);
    for (const slope of slopes) expect(Math.abs(slope)).toBeLessThan(1e-5); // what differences leave
  });

  test('pulls as scikit-learn does where it is not told how: C is 1', () => {
    const { members, labels } = madeUp([1, 2], { examples: 40 });
    expect(fitStacked(members, labels).config).toEqual(fitStacked(members, labels, { C: 1 }).config);
    expect(fitStacked(members, labels).config).not.toEqual(fitStacked(members, labels, { C: 1.1 }).config);
  });

  test('beats the mean where one member means the opposite', () => {
    const { members, labels } = madeUp([2, -2]);
    const stack = fitStacked(members, labels);
    expect(accuracy(combine(members, stack), labels)).toBeGreaterThan(accuracy(combine(members, mean()), labels) + 0.1);
  });

  test('takes binary heads of one column', () => {
    const { members, labels } = madeUp([1, 2], { classes: 2 });
    const columns = members.map(({ values, shape: [examples] }) =>
      outputsFrom(Array.from({ length: examples }, (_, i) => [values[2 * i + 1]!])),
    );
    const [one, two] = [combine(columns, fitStacked(columns, labels)), combine(members, fitStacked(members, labels))];
    expect(one.shape).toEqual([200, 1]);
    one.values.forEach((p, i) => expect(p).toBeCloseTo(two.values[2 * i + 1]!, 8));
  });

  test('refuses members that it was not fitted on', () => {
    const { members, labels } = madeUp([1, 2]);
    const stack = fitStacked(members, labels);
    expect(() => combine(members.slice(1), stack)).toThrow('the coefficients are [3, 6], but 1 members of 3 classes take [3, 3]');
    expect(() => stacked({ coefficients: [[1], [1, 2]], intercepts: [0, 0] })).toThrow('must be rows of one length');
    expect(() => fitStacked(members, labels, { C: 0 })).toThrow('`C` must be a finite number, above 0, got 0');
  });
});

describe('selectMembers', () => {
  test('does at least as well as the best member, and leaves out what harms', () => {
    const { members, labels } = madeUp([2, 1.9, -1, 1.8]);
    const { combiner, individual, counts, trace } = selectMembers(members, labels, { rounds: 20 });
    const loss = negativeLogLikelihood(combine(members, combiner), labels);
    expect(loss).toBeLessThan(Math.min(...individual));
    expect(loss).toBeCloseTo(Math.min(...trace.map((round) => round.loss)), 10);
    expect(counts[2]).toBe(0);
    expect(counts.reduce((a, b) => a + b, 0)).toBe(20);
  });

  test('nears the best weights of all', () => {
    const { members, labels } = madeUp([2, 1.5, 1]);
    const best = negativeLogLikelihood(combine(members, fitWeighted(members, labels)), labels);
    const selected = negativeLogLikelihood(combine(members, selectMembers(members, labels).combiner), labels);
    expect(selected - best).toBeGreaterThanOrEqual(-1e-12);
    expect(selected - best).toBeLessThan(1e-3);
  });

  test('adds a member 50 times where it is not told how often, with losses that differ by rounding alike', () => {
    const { members, labels } = madeUp([1], { examples: 30 });
    const twin = { ...members[0]!, values: members[0]!.values.map((p, i) => (i % 3 === 0 ? p - 1e-15 : p)) };
    const { counts } = selectMembers([members[0]!, twin], labels);
    expect(counts).toEqual([50, 0]);
  });

  test('starts with the best members where asked to, and gives ties to the first', () => {
    const { members, labels } = madeUp([0.5, 2, 2]);
    const twins = [members[0]!, members[1]!, members[1]!];
    const { initial, trace } = selectMembers(twins, labels, { sortedInitialization: 2, rounds: 1 });
    expect(initial).toEqual([1, 2]);
    expect(selectMembers(twins, labels, { rounds: 1 }).trace[0]?.chosen).toBe(1);
    expect(trace).toHaveLength(1);
  });

  test('judges values by their squared error', () => {
    const members = [
      [[0], [0]],
      [[4], [0]],
      [[9], [9]],
    ].map(outputsFrom);
    const { combiner, individual } = selectMembers(members, outputsFrom([[2], [0]]), { of: 'values', rounds: 4 });
    expect(individual).toEqual([2, 2, 65]);
    expect([...combine(members, combiner).values]).toEqual([2, 0]);
  });

  test('refuses bad options', () => {
    const { members, labels } = madeUp([1]);
    expect(() => selectMembers(members, labels, { rounds: 0 })).toThrow('`rounds` must be a whole number, at least 1, got 0');
    expect(() => selectMembers(members, labels, { sortedInitialization: 2 })).toThrow('at most 1, got 2');
    expect(() => selectMembers(members, labels, { loss: 'auc' as never })).toThrow(
      "must be one of 'crossEntropy', 'error', 'squaredError'",
    );
  });
});

describe('outOfFold', () => {
  const folds = async (examples: number, options: Parameters<typeof outOfFold>[2]): Promise<Fold[]> => {
    const seen: Fold[] = [];
    await outOfFold(
      examples,
      (fold) => {
        seen.push(fold);
        return outputsFrom([...fold.held].map((i) => [i]));
      },
      options,
    );
    return seen;
  };

  test('predicts each example once, by a model that was trained without it', async () => {
    const seen = await folds(23, { folds: 4, seed: 7 });
    expect(seen.flatMap(({ held }) => [...held]).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 23 }, (_, i) => i));
    for (const { train, held } of seen) {
      expect(new Set([...train, ...held]).size).toBe(23);
      expect(held.length).toBeGreaterThanOrEqual(5);
      expect(held.length).toBeLessThanOrEqual(6);
    }
  });

  test('splits into five where it is not told into how many', async () => {
    expect(await folds(10, {})).toHaveLength(5);
    expect(await folds(10, {})).toEqual(await folds(10, { seed: 0 }));
  });

  test('gives the same folds for the same seed, others for another', async () => {
    expect(await folds(30, { seed: 1 })).toEqual(await folds(30, { seed: 1 }));
    expect(await folds(30, { seed: 1 })).not.toEqual(await folds(30, { seed: 2 }));
  });

  test('deals each class out evenly where it knows the labels', async () => {
    const labels = Array.from({ length: 40 }, (_, i) => (i < 30 ? 0 : 1));
    for (const { held } of await folds(40, { labels })) expect([...held].filter((i) => labels[i] === 1)).toHaveLength(2);
  });

  test('keeps stacking honest: a member that learned its training labels by heart gets no say', async () => {
    const { members, labels } = madeUp([1.5], { examples: 300 });
    const byHeart = outputsFrom(labels.map((label) => [0, 1, 2].map((k) => (k === label ? 1 : 0))));
    const unseen = await outOfFold(300, ({ held }) => outputsFrom([...held].map(() => [1 / 3, 1 / 3, 1 / 3])));
    const options = (fitted: { readonly config: unknown }): StackedOptions => fitted.config as StackedOptions;
    const trust = ({ coefficients }: StackedOptions): number => Math.abs(coefficients[0]![3]!) / Math.abs(coefficients[0]![0]!);
    expect(trust(options(fitStacked([members[0]!, byHeart], labels)))).toBeGreaterThan(1);
    expect(trust(options(fitStacked([members[0]!, unseen], labels)))).toBeLessThan(0.1);
  });

  test('names a fold whose prediction has the wrong rows', async () => {
    await expect(outOfFold(10, () => outputsFrom([[1]]))).rejects.toThrow(
      'the prediction of fold 0 must have the shape [2, 1], got [1, 1]',
    );
    await expect(outOfFold(3, () => outputsFrom([[1]]), { folds: 4 })).rejects.toThrow('at most 3, got 4');
    await expect(outOfFold(3, () => outputsFrom([[1]]), { folds: 3, labels: [1] })).rejects.toThrow('one an example (3), got 1');
  });
});
