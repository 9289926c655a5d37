import {
  add,
  div,
  elementIndex,
  less,
  mean,
  mul,
  randomNormal,
  randomStream,
  randomUniform,
  randomUniform16,
  select,
  sqrt,
  streamKey,
  subKey,
  sub,
  sum,
} from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { useBackend, WAYS } from '../test/train.ts';
import { elementwise } from './elementwise.ts';

const key = streamKey(3, 'test');

describe.each(WAYS)('elementwise on %s, %s', (backend, execution) => {
  beforeEach(() => useBackend(backend));

  test('computes each element, with numbers that change from call to call', () => {
    const affine = elementwise({
      name: 'affine',
      inputs: ['x', 'y'],
      numbers: ['scale'],
      compute: ({ inputs: { x, y }, numbers: { scale } }) => ({ sum: add(mul(x, scale), y), root: sqrt(y) }),
    });
    const before = tf.memory().numTensors;
    const [x, y] = [tf.tensor2d([[1, 2, 3]]), tf.tensor2d([[4, 9, 16]])];
    for (const scale of [2, -1]) {
      const result = affine({ x, y }, { numbers: { scale }, execution });
      expect([...result.sum.dataSync()]).toEqual([scale + 4, 2 * scale + 9, 3 * scale + 16]);
      expect([...result.root.dataSync()]).toEqual([2, 3, 4]);
      expect(result.sum.shape).toEqual([1, 3]);
      tf.dispose(result);
    }
    tf.dispose([x, y]);
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each([
    [[2, 1, 3], [2, 4, 3], 'between others'],
    [[1, 1, 3], [2, 4, 3], 'in front'],
    [[2, 4, 1], [2, 4, 3], 'at the end'],
    [[1, 1, 1], [2, 4, 3], 'everywhere'],
    [[2, 1, 3], [1, 4, 3], 'in both'],
  ])('repeats an input of shape %j over one of %j: 1 %s', (small, large) => {
    const difference = elementwise({ name: 'difference', inputs: ['a', 'b'], compute: ({ inputs: { a, b } }) => ({ c: sub(a, b) }) });
    tf.tidy(() => {
      const numbers = (shape: number[]): tf.Tensor => tf.reshape(tf.range(0, tf.util.sizeFromShape(shape)), shape);
      const [a, b] = [numbers(small), tf.square(numbers(large))];
      const { c } = difference({ a, b }, { execution });
      const expected = tf.sub(a, b);
      expect(c.shape).toEqual(expected.shape);
      expect([...c.dataSync()]).toEqual([...expected.dataSync()]);
    });
  });

  // Long turns of sixteen elements, the rest of fewer, and both where a loop does not begin at a multiple of sixteen.
  test.each([[[1]], [[16]], [[4099]], [[3, 5, 7]], [[2, 16]], [[3, 21]]])(
    'draws the numbers of its key and stream, of shape %j',
    (shape) => {
      const drawn = elementwise({
        name: 'drawn',
        inputs: ['x'],
        compute: ({ inputs: { x } }) => ({
          a: add(x, randomUniform({ stream: 'a' })),
          b: add(x, randomUniform16({ stream: 'b' })),
          c: add(x, randomNormal({ stream: 'c' })),
          d: select(less(0.25, randomUniform16({ stream: 'b' })), add(x, elementIndex()), 0),
        }),
      });
      tf.tidy(() => {
        const perRow = shape.length === 2; // with one value a row, each row is a loop of its own
        const x = perRow ? tf.zeros([shape[0]!, 1]) : tf.zeros(shape);
        const result = drawn({ x }, { key, execution, shape });
        const of = (stream: string): ReturnType<typeof randomStream> => randomStream(subKey(key, stream));
        const size = tf.util.sizeFromShape(shape);
        const expected = (at: (i: number) => number): number[] => Array.from({ length: size }, (_, i) => at(i));
        expect([...result.a.dataSync()]).toEqual(expected(of('a').uniformAt));
        expect([...result.b.dataSync()]).toEqual(expected(of('b').uniform16At));
        expect([...result.c.dataSync()]).toEqual(expected(of('c').normalAt));
        expect([...result.d.dataSync()]).toEqual(expected((i) => (of('b').uniform16At(i) > 0.25 ? i : 0)));
      });
    },
  );

  test('needs no input where a shape is given', () => {
    const coin = elementwise({ name: 'coin', inputs: [], compute: () => ({ u: randomUniform() }) });
    const { u } = coin({}, { shape: [2, 3], key, execution });
    expect(u.shape).toEqual([2, 3]);
    expect(u.dataSync()[5]).toBe(randomStream(subKey(key, 'noise')).uniformAt(5));
    u.dispose();
  });

  test('reduces over the tensor on the way', () => {
    const share = elementwise({
      name: 'share',
      inputs: ['x'],
      compute: ({ inputs: { x } }) => ({ y: div(x, sum(x)), z: sub(x, mean(x, { over: [-1] })) }),
    });
    tf.tidy(() => {
      const { y, z } = share({ x: tf.tensor2d([1, 3, 4, 8], [2, 2]) }, { execution });
      expect([...y.dataSync()]).toEqual([1, 3, 4, 8].map((x) => x / 16));
      expect([...z.dataSync()]).toEqual([-1, 1, -2, 2]);
    });
  });

  test('reads integers and booleans that were cast, and gives nothing for nothing', () => {
    const twice = elementwise({ name: 'twice', inputs: ['x'], compute: ({ inputs: { x } }) => ({ y: add(x, x) }) });
    tf.tidy(() => {
      expect([...twice({ x: tf.cast(tf.tensor1d([1, 2], 'int32'), 'float32') }, { execution }).y.dataSync()]).toEqual([2, 4]);
      expect([...twice({ x: tf.cast(tf.tensor1d([true, false], 'bool'), 'float32') }, { execution }).y.dataSync()]).toEqual([2, 0]);
      expect(twice({ x: tf.zeros([0, 3]) }, { execution }).y.shape).toEqual([0, 3]);
    });
  });

  test('lets go of what it made where the memory runs out', () => {
    const twice = elementwise({ name: 'twice', inputs: ['x'], compute: ({ inputs: { x } }) => ({ y: add(x, x) }) });
    const x = tf.ones([3]);
    twice({ x }, { execution }).y.dispose();
    const before = tf.memory().numTensors;
    expect(() => twice({ x: tf.ones([2]) as tf.Tensor }, { execution, shape: [3] })).toThrow('does not broadcast');
    expect(tf.memory().numTensors).toBe(before + 1); // the one that was made for the call
    x.dispose();
  });
});

describe('elementwise', () => {
  beforeEach(() => useBackend('wasm'));
  const scaled = elementwise({
    name: 'scaled',
    inputs: ['x'],
    numbers: ['by'],
    compute: ({ inputs: { x }, numbers: { by } }) => ({ y: mul(x, by) }),
  });

  test('compiles no second kernel for another number or another shape', () => {
    const compile = vi.spyOn(WebAssembly, 'Module');
    for (const size of [2, 2, 5])
      tf.tidy(() => {
        scaled({ x: tf.ones([size]) }, { numbers: { by: size } });
      });
    expect(compile.mock.calls.length).toBeLessThanOrEqual(1);
    compile.mockRestore();
  });

  test('keeps the tables of the shapes used last, and works for any number of them', () => {
    tf.tidy(() => {
      for (let size = 1; size < 80; size++)
        expect(scaled({ x: tf.mul(tf.ones([size]), 2) }, { numbers: { by: 3 } }).y.dataSync()[size - 1]).toBe(6);
      expect(scaled({ x: tf.ones([1]) }, { numbers: { by: 3 } }).y.dataSync()[0]).toBe(3);
    });
  });

  test('works on each backend in turn', async () => {
    const x = tf.tensor1d([1, 2]);
    for (const name of ['cpu', 'wasm', 'cpu'] as const) {
      await useBackend(name);
      const { y } = scaled({ x }, { numbers: { by: 2 } });
      expect([...y.dataSync()]).toEqual([2, 4]);
      y.dispose();
    }
    x.dispose();
  });

  const random = elementwise({ name: 'random', inputs: ['x'], compute: ({ inputs: { x } }) => ({ y: add(x, randomUniform()) }) });
  test.each([
    ['a number that is missing', (): unknown => scaled({ x: tf.ones([2]) }), 'invalid-argument', '`by`'],
    ['a number that is none', (): unknown => scaled({ x: tf.ones([2]) }, { numbers: { by: Number.NaN } }), 'invalid-argument', '`by`'],
    ['integers', (): unknown => scaled({ x: tf.ones([2], 'int32') }, { numbers: { by: 1 } }), 'invalid-argument', 'float32'],
    ['no tensor', (): unknown => scaled({ x: 3 as never }, { numbers: { by: 1 } }), 'invalid-argument', '`x`'],
    ['random numbers without a key', (): unknown => random({ x: tf.ones([2]) }), 'invalid-argument', '`key`'],
    ['a shape that does not fit', (): unknown => scaled({ x: tf.ones([2]) }, { numbers: { by: 1 }, shape: [3] }), 'shape-mismatch', '[3]'],
  ])('refuses %s', (_, call, code, text) => {
    tf.tidy(() => {
      expect(call).toThrow(expect.objectContaining({ code, message: expect.stringContaining(text) as string }));
    });
  });
});
