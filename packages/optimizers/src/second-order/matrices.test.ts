import { describe, expect, test } from 'vitest';
import { counted, himmelblau, type Surface } from '../../test/surfaces.ts';
import { cholesky, inverseOf } from './cholesky.ts';
import { CurvaturePairs } from './curvature-pairs.ts';
import { dampedInverse } from './damped-inverse.ts';
import { hessianAt } from './hessian.ts';
import { InverseHessian } from './inverse-hessian.ts';
import { MeasuredHessian } from './measured-hessian.ts';

const close = (values: readonly number[], digits = 10): readonly number[] => values.map((value) => expect.closeTo(value, digits) as number);

/** ½ xᵀ A x for A = [[4, 1], [1, 3]]. */
const bowl: Surface = ([x = 0, y = 0]) => ({ loss: 2 * x * x + x * y + 1.5 * y * y, gradient: [4 * x + y, x + 3 * y] });

describe('Cholesky', () => {
  test('makes L of L Lᵀ, and the inverse of it', () => {
    const lower = cholesky(Float64Array.of(4, 2, 6, 2, 5, 5, 6, 5, 19), 0, 0);
    expect([...lower!]).toEqual([2, 0, 0, 1, 2, 0, 3, 1, 3]);
    const inverse = inverseOf(lower!);
    const product = [0, 1, 2].map((i) => 4 * inverse[i]! + 2 * inverse[3 + i]! + 6 * inverse[6 + i]!);
    expect(product).toEqual(close([1, 0, 0]));
  });

  test('says where a matrix is not positive definite', () => {
    expect(cholesky(Float64Array.of(1, 2, 2, 1), 0, 0)).toBeUndefined();
    expect(cholesky(Float64Array.of(1, 2, 2, 1), 1.01, 0)).toBeDefined();
    expect(cholesky(Float64Array.of(Number.NaN), 0, 0)).toBeUndefined();
  });
});

describe('a measured Hessian', () => {
  test('is that of the loss, with one look for each weight', () => {
    const { look, looks } = counted(himmelblau);
    const here = look(Float64Array.of(3, 2));
    // [[12 x² + 4 y − 42, 4 (x + y)], [4 (x + y), 4 x + 12 y² − 26]]
    const rows = hessianAt(look, here);
    expect(looks()).toBe(3);
    for (const [i, exact] of [74, 20, 20, 34].entries()) expect(Math.abs(rows![i]! - exact)).toBeLessThan(0.12); // a third derivative of 72, times h / 2
    expect(rows![1]).toBe(rows![2]);
  });

  test('is none where a gradient is NaN', () => {
    const { look } = counted(([x = 0]) => ({ loss: x, gradient: [x > 0 ? Number.NaN : 1] }));
    expect(hessianAt(look, look(Float64Array.of(0)))).toBeUndefined();
  });

  test('is measured anew after as many steps as it is told, or when it is told to forget', () => {
    const { look, looks } = counted(bowl);
    const here = look(Float64Array.of(1, 1));
    const hessian = new MeasuredHessian(look, 2);
    const cost = (): number => {
      const before = looks();
      hessian.direction(here);
      return looks() - before;
    };
    const learn = (): void => hessian.learn(Float64Array.of(1, 0), Float64Array.of(4, 1));
    const costs = [cost(), cost()];
    learn();
    costs.push(cost());
    learn();
    costs.push(cost());
    hessian.forget();
    costs.push(cost());
    hessian.learn(Float64Array.of(1, 0), Float64Array.of(-4, 1)); // against the curvature that a direction needs
    costs.push(cost());
    expect(costs).toEqual([2, 0, 0, 2, 2, 2]);
  });

  test('leads to the minimum of a bowl', () => {
    const { look } = counted(bowl);
    expect([...new MeasuredHessian(look, 1).direction(look(Float64Array.of(1, -2)))]).toEqual(close([-1, 2], 6));
  });
});

describe('a damped inverse', () => {
  test('is the inverse where the matrix is positive definite', () => {
    expect([...dampedInverse(Float64Array.of(4, 1, 1, 3))!]).toEqual(close([3 / 11, -1 / 11, -1 / 11, 4 / 11]));
  });

  test('leads downhill from a saddle', () => {
    // Eigenvalues 3 and −1: 1.024 is the first of β, 2β, 4β ... that is large enough, β a thousandth of the 2.
    const inverse = dampedInverse(Float64Array.of(1, 2, 2, 1))!;
    const shifted = 1 + 1.024 * 1;
    const determinant = shifted * shifted - 4;
    expect([...inverse]).toEqual(close([shifted / determinant, -2 / determinant, -2 / determinant, shifted / determinant], 6));
  });

  test('takes curvature below a millionth of the largest for rounding', () => {
    expect(dampedInverse(Float64Array.of(1, 0, 0, 1.1e-6))![3]).toBeCloseTo(1 / 1.1e-6, 3);
    expect(dampedInverse(Float64Array.of(1, 0, 0, 0.9e-6))![3]).toBeCloseTo(1 / 1.0009e-3, 3);
  });

  test('leaves weights without curvature out of the damping', () => {
    expect([...dampedInverse(Float64Array.of(2, 0, 0, 0))!]).toEqual(close([0.5, 0, 0, 0.5]));
    expect(dampedInverse(new Float64Array(4))).toBeUndefined();
    expect(dampedInverse(Float64Array.of(Number.NaN))).toBeUndefined();
  });
});

describe('an inverse Hessian', () => {
  const [s, y] = [Float64Array.of(1, 2), Float64Array.of(3, 1)];

  test('begins with the curvature of the first step, and then takes its change of gradient to that step', () => {
    const inverse = new InverseHessian();
    expect(inverse.firstStep({ gradient: Float64Array.of(3, -1) })).toBe(0.25);
    inverse.learn(s, y);
    expect([...inverse.direction({ gradient: y })]).toEqual(close([-1, -2]));
    // H = 0.5 I before, ρ = 1/5; v is orthogonal to s, so that only (I − ρ s yᵀ) 0.5 v is left.
    const v = Float64Array.of(2, -1);
    expect([...inverse.direction({ gradient: v })]).toEqual(close([-0.5, 1.5]));
    expect(inverse.firstStep({ gradient: v })).toBe(1);
  });

  test('agrees with pairs that forget nothing, from the same start', () => {
    const pairs = new CurvaturePairs(5, []);
    pairs.learn(s, y);
    const inverse = new InverseHessian();
    inverse.learn(s, y);
    const gradient = Float64Array.of(0.3, -0.7);
    expect([...inverse.direction({ gradient })]).toEqual(close([...pairs.direction({ gradient })]));
  });

  test('learns nothing from a step without curvature', () => {
    const inverse = new InverseHessian();
    inverse.learn(s, Float64Array.of(-1, 0));
    inverse.learn(s, Float64Array.of(1e-10, 0));
    expect(inverse.isFresh).toBe(true);
  });
});

describe('pairs', () => {
  test('are kept newest first, as many as are asked for', () => {
    const pairs = new CurvaturePairs(2, []);
    for (const k of [1, 2, 3]) pairs.learn(Float64Array.of(k), Float64Array.of(1));
    expect(pairs.pairs.map(({ step }) => step[0])).toEqual([3, 2]);
  });

  test('without curvature are passed over, loaded ones too', () => {
    expect(new CurvaturePairs(2, [{ step: new Float64Array(1), change: new Float64Array(1) }]).isFresh).toBe(true);
  });
});
