import { chain, type Factory, type Mask } from '@downhill/core';
import { trace } from '@downhill/core/compiler';
import { testTransform } from '@downhill/conformance';
import { optimizer } from '@downhill/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { descend } from '../../test/descend.ts';
import { numbers, places, step } from '../../test/step.ts';
import { maxNorm } from '../constraints/index.ts';
import { activityPenalty, elasticNet, groupLasso, l1, l2, orthogonality, penaltyOf, totalPenalty, type Penalty } from './index.ts';

const all: Mask = {};
const [rows, columns] = [4, 3];
const weight = numbers(rows * columns);
const wide = numbers(3 * 5);

/** Written in tfjs's operations as the equation stands, with tfjs's own gradients. */
interface Known {
  readonly name: string;
  readonly penalty: Penalty;
  readonly shape?: readonly [number, number];
  readonly plain: (w: tf.Tensor2D) => tf.Tensor;
}

const gap = (w: tf.Tensor2D, left: boolean): tf.Tensor => {
  const product = left ? tf.matMul(w, w, true, false) : tf.matMul(w, w, false, true);
  return tf.sum(tf.square(tf.sub(product, tf.eye(product.shape[0]))));
};
const cosineOf = (w: tf.Tensor2D, axis: 0 | 1): tf.Tensor => {
  const unit = tf.div<tf.Tensor2D>(w, tf.sqrt(tf.sum(tf.square(w), axis, true)));
  const product = axis === 1 ? tf.matMul(unit, unit, false, true) : tf.matMul(unit, unit, true, false);
  const n = product.shape[0]!;
  return tf.div(tf.mul(0.5, tf.sum(tf.abs(tf.mul(product, tf.sub(1, tf.eye(n)))))), (n * (n - 1)) / 2);
};

const known: readonly Known[] = [
  { name: 'l1', penalty: l1(0.3), plain: (w) => tf.mul(0.3, tf.sum(tf.abs(w))) },
  { name: 'l2', penalty: l2(0.3), plain: (w) => tf.mul(0.3, tf.sum(tf.square(w))) },
  {
    name: 'elasticNet',
    penalty: elasticNet({ l1: 0.1, l2: 0.2 }),
    plain: (w) => tf.add(tf.mul(0.1, tf.sum(tf.abs(w))), tf.mul(0.2, tf.sum(tf.square(w)))),
  },
  {
    name: 'groupLasso of columns',
    penalty: groupLasso({ factor: 0.1 }),
    plain: (w) => tf.mul(0.1 * Math.sqrt(rows), tf.sum(tf.sqrt(tf.sum(tf.square(w), 0)))),
  },
  {
    name: 'groupLasso of rows, by value',
    penalty: groupLasso({ factor: 0.1, groupAxis: 0, sqrtSize: false }),
    plain: (w) => tf.mul(0.1, tf.sum(tf.sqrt(tf.sum(tf.square(w), 1)))),
  },
  { name: 'orthogonality of rows', penalty: orthogonality({ factor: 0.5 }), plain: (w) => tf.mul(0.5, cosineOf(w, 1)) },
  {
    name: 'orthogonality of columns',
    penalty: orthogonality({ factor: 0.5, mode: 'columns' }),
    plain: (w) => tf.mul(0.5, cosineOf(w, 0)),
  },
  { name: 'soft orthogonality', penalty: orthogonality({ factor: 0.1, kind: 'soft' }), plain: (w) => tf.mul(0.1, gap(w, true)) },
  {
    name: 'soft orthogonality of a wide kernel',
    shape: [3, 5],
    penalty: orthogonality({ factor: 0.1, kind: 'soft' }),
    plain: (w) => tf.mul(0.1, gap(w, true)),
  },
  {
    name: 'double soft orthogonality of a wide kernel',
    shape: [3, 5],
    penalty: orthogonality({ factor: 0.1, kind: 'doubleSoft' }),
    plain: (w) => tf.mul(0.1, tf.add(gap(w, true), gap(w, false))),
  },
  {
    name: 'double soft orthogonality',
    penalty: orthogonality({ factor: 0.1, kind: 'doubleSoft' }),
    plain: (w) => tf.mul(0.1, tf.add(gap(w, true), gap(w, false))),
  },
];

const tensorOf = ({ shape = [rows, columns] }: Known): tf.Tensor2D => tf.tensor2d(shape[0] === 3 ? wide : weight, [...shape]);

/** Equal but for the roundings of sums of some 15 products: 16 units in the last place of the largest number. */
const near = (got: ArrayLike<number>, wanted: ArrayLike<number>): void => {
  const scale = Math.max(...Array.from(wanted, Math.abs), 1e-30);
  expect(got.length).toBe(wanted.length);
  Array.from(wanted).forEach((value, i) => expect(Math.abs(got[i]! - value) / scale, `element ${i}`).toBeLessThan(16 * 2 ** -23));
};

const factories: Readonly<Record<string, Factory>> = { elasticNet, groupLasso, l1, l2, orthogonality };
testTransform('l1', () => l1(0.125), { factories });
testTransform('l2', () => l2(0.125), { factories });
testTransform('elasticNet', () => elasticNet({ l1: 0.125, l2: 0.25, mask: {} }), { factories });
testTransform('groupLasso', () => groupLasso({ factor: 0.125 }), { factories });
testTransform('orthogonality', () => orthogonality({ factor: 0.125 }), { factories });
// With steps of 1 a larger factor would throw the weights to and fro.
testTransform('orthogonality', () => orthogonality({ factor: 2 ** -7, kind: 'doubleSoft', mode: 'columns' }), { factories });

describe('a penalty', () => {
  beforeEach(() => tf.setBackend('cpu').then(() => tf.engine().startScope()));
  afterEach(() => tf.engine().endScope());

  test.each(known)('$name has the value and the gradient of its equation in tfjs', (each) => {
    const w = tensorOf(each);
    const wanted = tf.valueAndGrad((x: tf.Tensor) => tf.reshape(each.plain(x as tf.Tensor2D), []))(w);
    const got = tf.valueAndGrad((x: tf.Tensor) => each.penalty.value(x))(w);
    near(got.value.dataSync(), wanted.value.dataSync());
    near(got.grad.dataSync(), wanted.grad.dataSync());
    const twice = tf.grad((x: tf.Tensor) => tf.mul(2, each.penalty.value(x)))(w);
    near(twice.dataSync(), tf.mul(2, wanted.grad).dataSync());
  });

  test.each(known)('$name has the slope of finite differences', (each) => {
    const w = tensorOf(each);
    const gradient = tf
      .grad((x: tf.Tensor) => each.penalty.value(x))(w)
      .dataSync();
    const h = 2 ** -6;
    const at = (i: number, by: number): number => {
      const moved = Float32Array.from(w.dataSync());
      moved[i]! += by;
      return each.penalty.value(tf.tensor(moved, w.shape)).dataSync()[0]!;
    };
    // Two values of up to 60, each off by 2⁻²³ of itself, over 2h; and h² times a third derivative of a few tens.
    const scale = Math.max(...gradient.map(Math.abs));
    gradient.forEach((slope, i) => expect(Math.abs((at(i, h) - at(i, -h)) / (2 * h) - slope) / scale, `element ${i}`).toBeLessThan(2e-3));
  });

  test.each(known.flatMap((each) => places.map((place) => ({ ...each, place }))))(
    '$name in a chain adds that gradient, and tells that value, on $place.backend, $place.execution',
    async ({ place, ...each }) => {
      const w = tensorOf(each);
      const { value, grad } = tf.valueAndGrad((x: tf.Tensor) => each.penalty.value(x))(w);
      const [wantedValue, wantedGradient] = [value.dataSync()[0]!, [...grad.dataSync()]];
      const { gradient, statistics } = await step(each.penalty, w.arraySync(), place);
      near(gradient, wantedGradient);
      near([statistics[`${each.penalty.name}/penalty`]!], [wantedValue]);
      await tf.setBackend('cpu');
    },
  );

  test.each([l1(0.5), l2(0.5), elasticNet(), groupLasso()])(
    '$name joins the kernel of the other rules, without a pass of its own',
    (penalty) => {
      const steps = (...rules: Penalty[]): string[] =>
        trace(chain(...rules, descend(0.5)), { name: 'fc/kernel', shape: [4, 3] }).steps.map(({ kind }) => kind);
      expect(steps(penalty, l2(0.25))).toEqual(['kernel']);
      expect(steps(orthogonality(), penalty)).toEqual(['matrix', 'kernel']); // products of matrices are not elementwise
    },
  );

  test('has the derivative 0 at a weight of 0 and at a group of zeros', async () => {
    const w = [
      [0, 0, 0],
      [0, 2, 0],
    ];
    expect((await step(l1(0.5), w)).gradient).toEqual([0, 0, 0, 0, 0.5, 0]);
    expect((await step(groupLasso({ factor: 0.5, sqrtSize: false }), w)).gradient).toEqual([0, 0, 0, 0, 0.5, 0]);
    expect((await step(orthogonality(), w)).gradient).toEqual([0, 0, 0, 0, 0, 0]);
    const slope = (penalty: Penalty): number[] => [
      ...tf
        .grad((x: tf.Tensor) => penalty.value(x))(tf.tensor2d(w))
        .dataSync(),
    ];
    expect(slope(groupLasso({ factor: 0.5, sqrtSize: false }))).toEqual([0, 0, 0, 0, 0.5, 0]);
    expect(slope(l1(0.5))).toEqual([0, 0, 0, 0, 0.5, 0]);
    expect(slope(orthogonality())).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('of which nothing is asked is 0', async () => {
    const none = elasticNet({ l1: 0, l2: 0 });
    expect(none.value(tf.tensor1d([1, 2])).dataSync()[0]).toBe(0);
    expect(await step(none, [[1, 2]])).toMatchObject({ gradient: [0, 0], statistics: { 'elasticNet/penalty': 0 } });
  });

  test('of a kernel of one column, where nothing can be orthogonal, is 0', () => {
    const one = tf.tensor2d([[1], [2]]);
    expect(orthogonality({ mode: 'columns' }).value(one).dataSync()[0]).toBe(0);
  });

  test('groups the weights of a filter by its output, and takes them as a column', () => {
    const filter = tf.tensor4d(numbers(24), [2, 2, 2, 3]);
    const matrix = tf.reshape(filter, [8, 3]);
    for (const penalty of [groupLasso(), orthogonality({ mode: 'columns' }), orthogonality({ kind: 'soft' })])
      near(penalty.value(filter).dataSync(), penalty.value(matrix).dataSync());
  });

  test('does nothing to biases and norms unless it is told to', async () => {
    await expect(step(l2(0.5), [1, 2])).rejects.toThrow(
      '[unknown-name] l2: the mask {"minRank":2} leaves it no parameter; near are fc/kernel [2]',
    );
    expect((await step(l2(0.5, all), [1, 2])).gradient).toEqual([1, 2]);
  });

  test('that matches no weight is refused before the step, and names near misses', async () => {
    await expect(step(l1(0.5, { names: ['fc/kernal'] }), [[1]])).rejects.toThrow(
      expect.objectContaining({ code: 'unknown-name', message: expect.stringContaining("Did you mean 'fc/kernel'?") }),
    );
  });

  test('leaves nothing behind, also where it throws', async () => {
    const before = tf.memory().numTensors;
    for (const { penalty } of known) {
      const w = tf.tensor2d(weight, [rows, columns]);
      tf.dispose([penalty.value(w), w]);
      await step(penalty, [
        [1, 2],
        [3, 4],
      ]);
    }
    await expect(step(groupLasso({ groupAxis: 2 }), [[1]])).rejects.toThrow('a weight of shape [1, 1] has no axis 2');
    expect(() => groupLasso({ groupAxis: 2 }).value(tf.ones([1, 1]))).toThrow('[shape-mismatch] groupLasso');
    expect(tf.memory().numTensors - before).toBe(1); // the ones
  });

  test.each([
    [() => l1(-1), 'l1: `factor` must be a finite number, at least 0, got -1'],
    [() => l2(Number.NaN), 'l2: `factor` must be a finite number, at least 0, got NaN'],
    [() => l2({ l2: 0.1 } as never), 'l2: `factor` must be a finite number, at least 0, got {"l2":0.1}'],
    [() => l2(0.1, { rank: 2 } as never), 'l2: a mask must be an object with some of names'],
    [() => elasticNet({ l1: -1 }), 'elasticNet: `l1` must be a finite number, at least 0, got -1'],
    [() => elasticNet({ L1: 1 } as never), 'elasticNet: has no option `L1`. Did you mean `l1`?'],
    [() => groupLasso({ groupAxis: 0.5 }), 'groupLasso: `groupAxis` must be a whole number, got 0.5'],
    [() => orthogonality({ kind: 'hard' as never }), "orthogonality: `kind` must be one of 'cosine', 'soft', 'doubleSoft', got \"hard\""],
    [() => orthogonality({ mode: 'row' as never }), "orthogonality: `mode` must be one of 'rows', 'columns', got \"row\""],
    [() => l2(1).value([1] as never), 'l2: `weight` must be a float32 tensor, got [1]'],
    [() => l2(1).value(tf.tensor1d([1], 'int32')), 'l2: `weight` must be a float32 tensor, got int32 [1]'],
  ])('refuses %s', (call, message) => {
    expect(call).toThrow(expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(message) }));
  });
});

describe('the value for the log', () => {
  test('is the sum over penalties and weights, at the weights before the step', async () => {
    await tf.setBackend('wasm');
    const kernels = ['a/kernel', 'b/kernel'].map((name, i) => tf.tidy(() => tf.variable(tf.mul(tf.ones([2, 2]), i + 1), true, name)));
    const bias = tf.tidy(() => tf.variable(tf.ones([2]), true, 'a/bias'));
    const given = optimizer(chain(l1(0.5), l2(0.25)));
    tf.tidy(() => given.applyGradients(Object.fromEntries([...kernels, bias].map((each) => [each.name, tf.zerosLike(each)]))));
    expect(totalPenalty(await given.statistics())).toBeCloseTo(0.5 * (4 + 8) + 0.25 * (4 + 16), 6);
    given.dispose();
    tf.dispose([...kernels, bias]);
  });
});

describe('penaltyOf', () => {
  test('adds up what the mask takes, with gradients for just those', async () => {
    await tf.setBackend('cpu');
    const kernel = tf.tidy(() => tf.variable(tf.tensor2d([[1, -2]]), true, 'a/kernel'));
    const bias = tf.tidy(() => tf.variable(tf.tensor1d([3]), true, 'a/bias'));
    tf.tidy(() => {
      const { value, grads } = tf.variableGrads(() => tf.add<tf.Scalar>(penaltyOf(l2(0.5), [kernel, bias]), tf.mul(0, tf.sum(bias))));
      expect(value.dataSync()[0]).toBe(2.5);
      expect([...grads['a/kernel']!.dataSync()]).toEqual([1, -2]);
      expect([...grads['a/bias']!.dataSync()]).toEqual([0]);
    });
    expect(() => penaltyOf(l2(0.5), [bias])).toThrow('near are a/bias [1]');
    expect(() => penaltyOf(maxNorm() as never, [kernel])).toThrow('`penalty` must be a penalty');
    tf.dispose([kernel, bias]);
  });
});

describe('activityPenalty', () => {
  beforeEach(() => tf.setBackend('cpu').then(() => tf.engine().startScope()));
  afterEach(() => tf.engine().endScope());

  test('is the mean over examples or the sum, with its gradient', () => {
    const hidden = tf.tensor2d([
      [1, -2],
      [0, 3],
    ]);
    const slope = (reduction: 'mean' | 'sum'): number[] => [
      ...tf
        .grad((x: tf.Tensor) => activityPenalty(elasticNet({ l1: 0.5, l2: 0.25 }), x, { reduction }))(hidden)
        .dataSync(),
    ];
    expect(activityPenalty(elasticNet({ l1: 0.5, l2: 0.25 }), hidden).dataSync()[0]).toBe((0.5 * 6 + 0.25 * 14) / 2);
    expect(slope('sum')).toEqual([0.5 + 0.5, -0.5 - 1, 0, 0.5 + 1.5]);
    expect(slope('mean')).toEqual(slope('sum').map((value) => value / 2));
  });

  test.each([
    [() => activityPenalty(l1(1), tf.scalar(1)), '[shape-mismatch] activityPenalty: `activations` must have a batch axis, got shape []'],
    [() => activityPenalty(l1(1), tf.ones([1, 2]), { reduction: 'max' as never }), "`reduction` must be one of 'mean', 'sum', got \"max\""],
    [() => activityPenalty('l1' as never, tf.ones([2])), '`penalty` must be a penalty, got "l1"'],
    [() => activityPenalty(l1(1), tf.ones([2], 'int32')), '`weight` must be a float32 tensor, got int32 [2]'],
  ])('refuses %s', (call, message) => {
    expect(call).toThrow(message);
  });
});
