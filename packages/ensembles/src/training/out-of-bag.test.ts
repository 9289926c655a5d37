import { describe, expect, test } from 'vitest';
import type { Outputs } from '../outputs.ts';
import { bagging } from './bagging.ts';
import { outOfBagRows } from './bootstrap.ts';
import { deepEnsemble } from './deep-ensemble.ts';
import { outOfBagEstimate } from './out-of-bag-estimate.ts';
import { outOfBag } from './out-of-bag.ts';

const examples = 40;
const plan = bagging({ examples, members: 6, seed: 2 });
const leftOut = (index: number): Int32Array => outOfBagRows(plan.member(index).rows!, examples);
/** The same of every member. */
const all = (one: Outputs): Outputs[] => Array.from({ length: 6 }, () => one);
/** Each member knows what it has seen, and says its own index elsewhere. */
const outputs: Outputs[] = Array.from({ length: 6 }, (_, index) => ({
  values: Float64Array.from({ length: examples }, (__, row) => (leftOut(index).includes(row) ? index : 1e6)),
  shape: [examples, 1],
}));

describe('out of bag', () => {
  test('each example is predicted by the mean of the members that have not seen it', () => {
    const { rows, outputs: found } = outOfBag(plan, outputs);
    expect(found.shape).toEqual([rows.length, 1]);
    expect(rows.length).toBeGreaterThan(30);
    rows.forEach((row, at) => {
      const unseen = [0, 1, 2, 3, 4, 5].filter((index) => leftOut(index).includes(row));
      expect(found.values[at]).toBeCloseTo(unseen.reduce((sum, index) => sum + index, 0) / unseen.length, 12);
    });
  });

  test('an example that all have seen is left out', () => {
    const one = bagging({ examples: 20, members: 1, seed: 5 });
    const { rows } = outOfBag(one, [{ values: new Float64Array(20), shape: [20, 1] }]);
    expect(rows).toEqual(outOfBagRows(one.member(0).rows!, 20));
  });

  test('the estimate is the accuracy of classes', () => {
    const targets = Int32Array.from({ length: examples }, (_, row) => row % 2);
    const right = {
      values: Float64Array.from({ length: 2 * examples }, (_, i) => ((i >> 1) % 2 === i % 2 ? 0.7 : 0.3)),
      shape: [examples, 2],
    } as const;
    const { rows, score } = outOfBagEstimate({ plan, outputs: all(right), targets });
    expect(score).toBe(1);
    const off = targets.map((label, row) => (row === rows[0] ? 1 - label : label));
    expect(outOfBagEstimate({ plan, outputs: all(right), targets: off }).score).toBeCloseTo(1 - 1 / rows.length, 12);
  });

  test('the estimate is R² of values: 1 for what is true, 0 for their mean', () => {
    const values = Float64Array.from({ length: examples }, (_, row) => row * row);
    const estimate = (guess: (row: number) => number) =>
      outOfBagEstimate({
        plan,
        task: 'regression',
        targets: values,
        outputs: all({ values: values.map((_, row) => guess(row)), shape: [examples, 1] }),
      });
    expect(estimate((row) => row * row).score).toBe(1);
    const { rows } = outOfBag(plan, outputs);
    const mean = rows.reduce((sum, row) => sum + row * row, 0) / rows.length;
    expect(estimate(() => mean).score).toBeCloseTo(0, 12);
  });

  test.each([
    ['invalid-argument', 'plan', { plan: deepEnsemble({ members: 6 }) }],
    ['invalid-argument', 'task', { task: 'ranking' }],
    ['shape-mismatch', 'every member (6)', { outputs: outputs.slice(1) }],
    ['shape-mismatch', 'member 1', { outputs: outputs.with(1, { values: new Float64Array(3), shape: [3, 1] }) }],
    ['shape-mismatch', 'targets', { targets: [1, 2] }],
  ])('refuses with %s where %s is wrong', (code, part, options) => {
    expect(() => outOfBagEstimate({ plan, outputs, targets: new Int32Array(examples), ...(options as object) })).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(part) }),
    );
  });

  test('says that there is nothing to judge by', () => {
    const seen = bagging({ examples: 1, members: 1 });
    expect(() => outOfBagEstimate({ plan: seen, outputs: [{ values: new Float64Array(1), shape: [1, 1] }], targets: [0] })).toThrow(
      expect.objectContaining({ code: 'data-invalid' }),
    );
  });
});
