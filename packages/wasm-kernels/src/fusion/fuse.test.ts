import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { randomValues } from '../../test/arbitrary.ts';
import { tensor } from '../../test/tensors.ts';
import { on } from '../../test/backends.ts';
import { wasmMemory, type WasmMemory } from '../memory.ts';
import { registerWasmTrainingKernels } from '../register.ts';

const constant = (shape: number[], value: number): tf.Tensor => tf.tidy(() => tf.mul(tf.ones(shape), value));

const memory = (): WasmMemory => {
  const found = wasmMemory(tf.findBackend('wasm'));
  if (found === undefined) throw new Error('no wasm backend');
  return found;
};

/** Bytes of the backend's heap, once it has room for what follows. */
const heapBytes = (): number => memory().memory.buffer.byteLength;

/** One operation of a random program: on an earlier value and, if it takes two, another or a smaller tensor that is broadcast. */
interface Line {
  readonly operation: keyof typeof OPERATIONS;
  readonly a: number;
  readonly b: number;
  /** Which axes of the second operand have length 1; none where it is an earlier value. */
  readonly broadcast: readonly boolean[] | undefined;
  readonly seed: number;
}

const OPERATIONS = {
  add: tf.add,
  sub: tf.sub,
  mul: tf.mul,
  div: (a: tf.Tensor, b: tf.Tensor) => tf.div(a, tf.add(tf.abs(b), 0.5)),
  neg: (a: tf.Tensor) => tf.neg(a),
  relu: (a: tf.Tensor) => tf.relu(a),
  relu6: (a: tf.Tensor) => tf.relu6(tf.mul(a, 7)),
  clip: (a: tf.Tensor) => tf.clipByValue(a, -0.25, 0.5),
  square: (a: tf.Tensor) => tf.square(a),
} as const;

const shapes = fc.oneof(
  fc.tuple(
    fc.integer({ min: 1, max: 3 }),
    fc.integer({ min: 12, max: 17 }),
    fc.integer({ min: 12, max: 17 }),
    fc.integer({ min: 29, max: 40 }),
  ),
  fc.tuple(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 2050, max: 4100 })),
);

const programs = fc.record({
  shape: shapes,
  lines: fc.array(
    fc.record({
      operation: fc.constantFrom(...(Object.keys(OPERATIONS) as (keyof typeof OPERATIONS)[])),
      a: fc.nat(),
      b: fc.nat(),
      broadcast: fc.option(fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), { nil: undefined }),
      seed: fc.nat(),
    }),
    { minLength: 1, maxLength: 14 },
  ),
});

/** Runs a program; the results of all lines but the last are disposed of before anybody looks. */
function run({ shape, lines }: { shape: readonly number[]; lines: readonly Line[] }): tf.Tensor {
  return tf.tidy(() => {
    const values: tf.Tensor[] = [tensor(shape, 1), tensor(shape, 2)];
    for (const { operation, a, b, broadcast, seed } of lines) {
      const left = values[a % values.length]!;
      const smaller = broadcast === undefined ? undefined : shape.map((length, axis) => (broadcast[axis] ? 1 : length));
      const right = smaller === undefined ? values[b % values.length]! : tensor(smaller, seed);
      values.push(OPERATIONS[operation](left, right));
    }
    return values.at(-1)!;
  });
}

describe('deferred elementwise operations', () => {
  beforeAll(() => registerWasmTrainingKernels());
  beforeEach(() => tf.setBackend('wasm'));

  test('have the bits of the same operations one by one, whatever is broadcast', async () => {
    await fc.assert(
      fc.asyncProperty(programs, async (program) => {
        const [expected] = await on('cpu', () => run(program));
        const [actual] = await on('wasm', () => run(program));
        expect(actual?.map((value) => value + 0)).toEqual(expected?.map((value) => value + 0)); // -0 is 0 on some
      }),
      { numRuns: 60 },
    );
  });

  test('sum to what float32 allows, over any neighbouring axes', async () => {
    const cases = fc.record({ program: programs, first: fc.nat(3), count: fc.integer({ min: 1, max: 4 }), mean: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(cases, async ({ program, first, count, mean }) => {
        const { shape } = program;
        const axes = shape.map((_, axis) => axis).slice(first % shape.length, (first % shape.length) + count);
        const reduced = (x: tf.Tensor): tf.Tensor => (mean ? tf.mean(x, axes) : tf.sum(x, axes));
        const [actual] = await on('wasm', () => tf.tidy(() => reduced(run(program))));
        const [expected] = await on('cpu', () => tf.tidy(() => reduced(run(program))));
        const [magnitude] = await on('cpu', () => tf.tidy(() => reduced(tf.abs(run(program)))));
        const terms = axes.reduce((product, axis) => product * (shape[axis] ?? 1), 1);
        for (const [i, value] of actual!.entries()) {
          expect(Math.abs(value - expected![i]!)).toBeLessThanOrEqual((terms + 2) * 2 ** -23 * magnitude![i]! + 1e-30);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('a sum has the same bits whether its tensor is there or not', () => {
    const [x, y] = [tensor([3, 16, 16, 24], 1), tensor([3, 16, 16, 24], 2)];
    const deferred = tf.tidy(() => tf.sum(tf.mul(tf.relu(x), y), [0, 1, 2]));
    const product = tf.tidy(() => tf.mul(tf.relu(x), y));
    product.dataSync();
    const there = tf.sum(product, [0, 1, 2]);
    expect(there.dataSync()).toEqual(deferred.dataSync());
    tf.dispose([x, y, deferred, product, there]);
  });

  test('sum to nothing around their own mean, and to something around that of others', () => {
    tf.tidy(() => {
      const [x, y] = [tensor([4, 16, 16, 24], 1), tensor([4, 16, 16, 24], 2)];
      const around = (mean: tf.Tensor): readonly number[] => [...tf.sum(tf.mul(tf.neg(tf.sub(x, mean)), 3), [0, 1, 2]).dataSync()];
      expect(around(tf.mean(x, [0, 1, 2])).every((sum) => sum === 0)).toBe(true);
      expect(around(tf.mean(y, [0, 1, 2])).every((sum) => sum === 0)).toBe(false);
      expect(around(tf.mean(x, [0, 1, 2, 3])).every((sum) => sum === 0)).toBe(false);
    });
  });

  test('keep NaN and infinity', () => {
    const values = new Float32Array(8192);
    values.set([Number.NaN, Infinity, -Infinity]);
    const x = tf.tensor1d(values);
    for (const operation of [tf.relu, tf.relu6, (t: tf.Tensor1D) => tf.clipByValue(t, -1, 1)]) {
      const y = operation(x);
      expect(y.dataSync()[0]).toBeNaN();
      y.dispose();
    }
    const y = tf.relu(x);
    expect([...y.dataSync().slice(1, 3)]).toEqual([Infinity, 0]);
    tf.dispose([x, y]);
  });

  test('use the values that their operands had, also when those are disposed of or replaced', () => {
    const w = tf.variable(constant([8192], 2));
    const doubled = tf.mul(w, 2);
    w.assign(constant([8192], 5));
    w.dispose();
    expect(doubled.dataSync()[8191]).toBe(4);
    doubled.dispose();
  });

  test('are worked out before a tensor is written in place', () => {
    const x = constant([8192], 2);
    const doubled = tf.mul(x, 2);
    const { memory: linear, address, settle } = memory();
    settle();
    new Float32Array(linear.buffer, address(x.dataId), 8192).fill(7);
    expect(doubled.dataSync()[0]).toBe(4);
    tf.dispose([x, doubled]);
  });

  test("are there when one of tfjs's kernels looks, which holds on to memory that must not grow then", () => {
    const bytes = heapBytes();
    const large = 2 ** 24;
    const joined = tf.tidy(() => tf.concat([tf.neg(constant([large], 1)), tf.neg(constant([large], 2))]));
    expect(heapBytes()).toBeGreaterThan(bytes);
    const ends = tf.tidy(() => tf.gather(joined, [0, large - 1, large, 2 * large - 1]).dataSync());
    expect([...ends]).toEqual([-1, -1, -2, -2]);
    joined.dispose();
  });

  test('move to another backend with their values', async () => {
    const doubled = tf.tidy(() => tf.mul(constant([8192], 2), 2));
    await tf.setBackend('cpu');
    const more = tf.add(doubled, 1);
    expect(more.dataSync()[8191]).toBe(5);
    await tf.setBackend('wasm');
    const most = tf.add(doubled, 2);
    expect(most.dataSync()[8191]).toBe(6);
    tf.dispose([doubled, more, most]);
  });

  test('leave nothing behind, looked at or not', () => {
    const before = tf.memory();
    const dataIds = tf.engine().backend.numDataIds();
    const round = (look: boolean): void =>
      tf.tidy(() => {
        const x = tensor([16, 1024], 3);
        const y = tf.relu(tf.sub(tf.mul(x, x), tf.mean(x, 0)));
        const z = tf.clipByValue(tf.add(y, x), 0, 1);
        if (look) z.dataSync();
      });
    round(true);
    const bytes = heapBytes();
    for (let i = 0; i < 1000; i++) round(i % 2 === 0);
    expect(heapBytes()).toBe(bytes);
    expect(tf.memory()).toEqual(before);
    expect(tf.engine().backend.numDataIds()).toBe(dataIds);
  });

  test('a long chain is cut and stays right', () => {
    const values = tf.tidy(() => {
      let x: tf.Tensor = tf.zeros([8192]);
      for (let i = 0; i < 500; i++) x = tf.add(x, 1);
      return x.dataSync();
    });
    expect(values[17]).toBe(500);
  });

  test('copies share their data and know who holds it', () => {
    const x = tensor([8192], 1);
    const copy = tf.clone(x);
    expect(copy.dataId).toBe(x.dataId);
    expect(tf.engine().backend.refCount(x.dataId)).toBe(2);
    x.dispose();
    expect(copy.dataSync()[0]).toBe(randomValues(1, 1)[0]);
    copy.dispose();
  });
});
