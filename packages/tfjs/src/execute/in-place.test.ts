import { chain, mul, transform, zeros, type Transform } from '@downhill/core';
import { wasmMemory } from '@downhill/wasm-kernels/memory';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { adamLike, clip, distance, normalize } from '../../test/rules.ts';
import { stepWith, useBackend, variableOf, WAYS } from '../../test/train.ts';
import { optimizer, type DownhillOptimizer } from '../optimizer.ts';

const bits = (tensor: tf.Tensor): readonly number[] => [...new Uint32Array(tensor.dataSync<'float32'>().slice().buffer)];

async function stateOf(given: DownhillOptimizer, variables: readonly tf.Variable[]): Promise<unknown> {
  const saved = await given.getWeights();
  return { weights: variables.map(bits), saved: saved.map(({ name, tensor }) => [name, bits(tensor)]) };
}

describe.each(WAYS)('on %s (%s), a step', (backend, execution) => {
  let before = 0;
  beforeEach(async () => {
    await useBackend(backend);
    before = tf.memory().numTensors;
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });
  const make = (rule: Transform = adamLike()): DownhillOptimizer => optimizer(rule, { execution });
  const leavesNothing = (given: DownhillOptimizer, ...tensors: readonly tf.Tensor[]): void => {
    given.dispose();
    tf.dispose([...tensors]);
    expect(tf.memory().numTensors).toBe(before);
  };

  test('changes neither a clone nor a reshape nor a slice that somebody holds', () => {
    const variable = variableOf([1, 2, 3, 4], [2, 2]);
    const given = make();
    const gradient = [1, -1, 2, 0.5];
    stepWith(given, [[variable, gradient]]);
    const held = [tf.clone(variable), tf.reshape(variable, [4]), tf.slice(variable, [0, 0], [1, 2])];
    const [now, saw] = [bits(variable), held.map(bits)];
    stepWith(given, [[variable, gradient]]);
    expect(bits(variable)).not.toEqual(now);
    expect(held.map(bits)).toEqual(saw);
    stepWith(given, [[variable, gradient]]);
    expect(held.map(bits)).toEqual(saw);
    leavesNothing(given, variable, ...held);
  });

  test('changes no array that was read before', () => {
    const variable = variableOf([1, 2, 3], [3]);
    const given = make();
    for (let step = 0; step < 3; step++) {
      const read = variable.dataSync();
      const copy = [...read];
      stepWith(given, [[variable, [1, 1, 1]]]);
      expect([...read]).toEqual(copy);
      expect([...variable.dataSync()]).not.toEqual(copy);
    }
    leavesNothing(given, variable);
  });

  test('of one variable leaves another on the same data alone, and both can step together', () => {
    const a = variableOf([1, 2, 3], [3]);
    const b = tf.variable(a);
    const given = make(transform({ name: 'sgd', config: {}, update: (g) => g }));
    stepWith(given, [[a, [1, 1, 1]]]);
    expect([[...a.dataSync()], [...b.dataSync()]]).toEqual([
      [0, 1, 2],
      [1, 2, 3],
    ]);
    b.assign(a);
    stepWith(given, [
      [a, [1, 1, 1]],
      [b, [2, 2, 2]],
    ]);
    expect([[...a.dataSync()], [...b.dataSync()]]).toEqual([
      [-1, 0, 1],
      [-2, -1, 0],
    ]);
    leavesNothing(given, a, b);
  });

  test('with the weight itself, or a clone of it, as the gradient', () => {
    const variable = variableOf([1, 2, 3], [3]);
    const given = make(chain(clip('all', 100), transform({ name: 'sgd', config: {}, update: (g) => mul(g, 0.5) })));
    const gradient = tf.clone(variable);
    given.applyGradients({ [variable.name]: gradient });
    expect([...variable.dataSync()]).toEqual([0.5, 1, 1.5]);
    expect([...gradient.dataSync()]).toEqual([1, 2, 3]);
    leavesNothing(given, variable, gradient);
  });

  test('changes no slot that somebody holds', async () => {
    const variable = variableOf([1, 2, 3], [3]);
    const given = make();
    stepWith(given, [[variable, [1, 2, 3]]]);
    const held = (await given.getWeights()).map(({ tensor }) => tf.clone(tensor));
    const saw = held.map(bits);
    stepWith(given, [[variable, [1, 2, 3]]]);
    expect(held.map(bits)).toEqual(saw);
    leavesNothing(given, variable, ...held);
  });

  test('inside of a tidy keeps weights and slots', () => {
    const variable = variableOf([1, 2, 3], [3]);
    const given = make(distance());
    const held = tf.clone(variable);
    tf.tidy(() => stepWith(given, [[variable, [1, 2, 3]]]));
    tf.tidy(() => stepWith(given, [[variable, [1, 2, 3]]]));
    expect(variable.dataSync().every(Number.isFinite)).toBe(true);
    expect(Object.keys(given.state(variable)).map((key) => key.split('/')[1])).toEqual(['start', 's', 'd']);
    given.dispose();
    variable.dispose();
    held.dispose();
  });

  /** Lets the second parameter's storage fail to be allocated. */
  function failAllocation(size: number): void {
    const fail = (): never => {
      throw new RangeError('out of memory');
    };
    if (backend === 'wasm') {
      const { makeOutput } = tf.backend() as unknown as { makeOutput: (shape: number[], ...rest: unknown[]) => unknown };
      vi.spyOn(tf.backend() as unknown as { makeOutput: typeof makeOutput }, 'makeOutput').mockImplementation(function (
        this: unknown,
        shape,
        ...rest
      ) {
        return shape[0] === size ? fail() : makeOutput.call(this, shape, ...rest);
      });
      const memory = wasmMemory(tf.backend())!;
      const { uninitialized } = memory;
      vi.spyOn(memory, 'uninitialized').mockImplementation((shape, dtype) => (shape[0] === size ? fail() : uninitialized(shape, dtype)));
    } else {
      vi.stubGlobal(
        'Float32Array',
        new Proxy(Float32Array, { construct: (target, args) => (args[0] === size ? fail() : Reflect.construct(target, args)) }),
      );
    }
  }

  test('that cannot get its memory changes nothing, leaks nothing, and can be taken again', async () => {
    const variables = [
      variableOf([1, 2, 3], [3]),
      variableOf(
        Array.from({ length: 123 }, (_, i) => i),
        [123],
      ),
    ];
    const share = (): tf.Tensor[] => variables.map((variable) => tf.reshape(variable, [-1, 1])); // so that wasm needs fresh storage, too
    const given = make(chain(clip('all'), adamLike()));
    const step = (): void =>
      stepWith(
        given,
        variables.map((variable) => [variable, [...variable.dataSync()]]),
      );
    step();
    const gradients = variables.map((variable) => ({ name: variable.name, tensor: tf.clone(variable) }));
    const held = share();
    const [reference, tensors] = [await stateOf(given, variables), tf.memory().numTensors];
    failAllocation(123);
    expect(() => given.applyGradients(gradients)).toThrow('out of memory');
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
    expect(await stateOf(given, variables)).toEqual(reference);
    expect([tf.memory().numTensors, given.iterations]).toEqual([tensors, 1]);
    given.applyGradients(gradients);
    expect(await stateOf(given, variables)).not.toEqual(reference);
    tf.dispose([...held, ...gradients.map(({ tensor }) => tensor)]);
    leavesNothing(given, ...variables);
  });

  test('whose schedule or rule throws changes nothing and leaks nothing', async () => {
    let broken = false;
    const breaks = transform({
      name: 'breaks',
      config: {},
      scalars() {
        if (broken) throw new Error('a bug in a schedule');
        return { rate: 0.1 };
      },
      update: (g, { scalars }) => mul(g, scalars.rate),
    });
    const variable = variableOf([1, 2, 3], [3]);
    const given = make(chain(adamLike(), breaks));
    stepWith(given, [[variable, [1, 2, 3]]]);
    const [reference, tensors] = [await stateOf(given, [variable]), tf.memory().numTensors];
    broken = true;
    expect(() => stepWith(given, [[variable, [1, 2, 3]]])).toThrow('a bug in a schedule');
    expect(await stateOf(given, [variable])).toEqual(reference);
    expect(tf.memory().numTensors).toBe(tensors);
    leavesNothing(given, variable);
  });

  test('in which a rule on whole tensors throws changes nothing and leaks nothing', async () => {
    let calls = 0;
    const breaks = transform<'seen', never, tf.Tensor>({
      name: 'breaks',
      config: {},
      slots: { seen: zeros },
      matrix(g, { slots }) {
        const seen = tf.add(slots.seen, g);
        if (++calls === 4) throw new Error('no decomposition');
        return { update: seen, slots: { seen } };
      },
    });
    const variables = [variableOf([1, 2, 3, 4], [2, 2]), variableOf([5, 6], [1, 2])];
    const given = make(chain(adamLike(), breaks, normalize()));
    const step = (): void =>
      stepWith(
        given,
        variables.map(({ size }, i) => [variables[i]!, Array.from({ length: size }, (_, k) => k + 1)]),
      );
    step();
    const [reference, tensors] = [await stateOf(given, variables), tf.memory().numTensors];
    expect(step).toThrow('no decomposition');
    expect(await stateOf(given, variables)).toEqual(reference);
    expect(tf.memory().numTensors).toBe(tensors);
    step();
    leavesNothing(given, ...variables);
  });
});

test('on wasm, memory that grows in the middle of a step is followed', async () => {
  await useBackend('wasm');
  const size = 2 ** 20;
  const values = Array.from({ length: size }, (_, i) => (i % 7) - 3);
  const variables = Array.from({ length: 16 }, () => variableOf(values, [size])); // 64 MB: more than there is to spare
  const held = variables.map((variable) => tf.reshape(variable, [-1])); // every weight needs fresh storage now
  const given = optimizer(chain(clip('all', 1e9), transform({ name: 'sgd', config: {}, update: (g) => mul(g, 0.5) })));
  given.prepare(variables);
  const gradient = tf.tensor(Float32Array.from(values));
  const { memory } = wasmMemory(tf.backend())!;
  const bytes = memory.buffer.byteLength;
  given.applyGradients(variables.map(({ name }) => ({ name, tensor: gradient })));
  expect(memory.buffer.byteLength).toBeGreaterThan(bytes);
  for (const [i, variable] of variables.entries()) {
    const [now, was] = [variable.dataSync(), held[i]!.dataSync()];
    expect(now.every((value, k) => value === values[k]! / 2)).toBe(true);
    expect(was.every((value, k) => value === values[k])).toBe(true);
  }
  given.dispose();
  tf.dispose([...variables, ...held, gradient]);
});
