import {
  interpreter,
  plan,
  segmentsFor,
  trace,
  uniformBlock,
  type BufferData,
  type Kernel,
  type KernelTrace,
} from '@downhill/core/compiler';
import { add, elementIndex, maxAbs, mul, sum, transform, type Transform } from '@downhill/core';
import { describe, expect, test } from 'vitest';
import { blockRunner } from './blocks.ts';

const kernelsOf = (rule: Transform, shape: readonly number[]): readonly Kernel[] =>
  plan({ ...(trace(rule, { name: 'w', shape }).steps[0] as KernelTrace), rank: shape.length }).stages.map(({ kernel }) => kernel);

/** All buffers after the kernels of a rule have run over small whole numbers, whose sums are exact in any order. */
function run(
  rule: Transform,
  shape: readonly number[],
  runner: (kernel: Kernel) => ReturnType<typeof blockRunner>,
): Map<string, BufferData> {
  const size = shape.reduce((product, axis) => product * axis, 1);
  const state = new Map<string, BufferData>();
  for (const kernel of kernelsOf(rule, shape)) {
    const buffers = [...kernel.loads, ...kernel.stores.map(({ buffer }) => buffer), ...kernel.gathers.map(({ buffer }) => buffer)];
    for (const { kind, name } of buffers)
      if (!state.has(name))
        state.set(name, kind === 'gathered' ? new Float64Array(size) : Float32Array.from({ length: size }, (_, i) => (i % 23) - 11));
    runner(kernel)(
      segmentsFor(kernel, shape),
      uniformBlock(kernel.uniforms.length),
      buffers.map(({ name }) => state.get(name)!),
    );
  }
  return state;
}

describe('a kernel run block by block', () => {
  const plain = transform({ name: 'plain', config: {}, update: (g) => add(mul(g, 0.5), elementIndex()) });
  const whole = transform({ name: 'whole', config: {}, update: (g) => mul(g, maxAbs(g)) });
  const rows = transform({ name: 'rows', config: {}, update: (g) => add(g, sum(g, { over: [-1] })) });
  const columns = transform({ name: 'columns', config: {}, update: (g) => add(g, sum(g, { over: [0] })) });

  test.each([
    ['shorter than a block', [7]],
    ['a block long', [4096]],
    ['some blocks and a rest', [3, 4096 + 2731]],
    ['rows and columns shorter than a block', [65, 70]],
    ['empty', [0]],
  ])('does what it means, over a tensor that is %s', (_, shape) => {
    for (const rule of [plain, whole, ...(shape.length > 1 ? [rows, columns] : [])])
      expect(run(rule, shape, blockRunner)).toEqual(run(rule, shape, interpreter));
  });
});
