import {
  buffersOf,
  interpreter,
  nodesOf,
  OPERATIONS,
  plan,
  segmentsFor,
  shapeOver,
  uniformBlock,
  type BufferData,
  type Kernel,
  type Segments,
  type UniformBlock,
} from '@downhill/core/compiler';
import { randomStream } from '@downhill/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { graphs, type Graph } from '../../test/graphs.ts';
import { runWasm } from '../../test/run-wasm.ts';
import { blockRunner } from '../execute/blocks.ts';

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

/** Numbers of all sizes, with the odd infinity, NaN and −0. */
function values(length: number, seed: number): Float32Array {
  const random = randomStream([seed, 0]);
  return Float32Array.from({ length }, (_, i) => {
    const kind = Math.floor(random.uniformAt(3 * i) * 40);
    const rare = [0, -0, Infinity, -Infinity, Number.NaN, 1e-42, 3e38][kind];
    return rare ?? (random.uniformAt(3 * i + 1) - 0.5) * 2 ** Math.floor(random.uniformAt(3 * i + 2) * 12 - 4);
  });
}

type State = Map<string, BufferData>;

function initialState({ shape, planned }: Graph): State {
  const { stages, accumulators } = plan(planned);
  const state: State = new Map(accumulators.map(({ name, over }) => [name, new Float64Array(sizeOf(shapeOver(shape, over)))]));
  stages
    .flatMap(({ kernel }) => buffersOf(kernel))
    .forEach(({ kind, name, over }, i) => {
      if (kind === 'tensor' && !state.has(name)) state.set(name, values(sizeOf(shapeOver(shape, over)), i));
    });
  return state;
}

function uniformsFor({ uniforms }: Kernel, shape: readonly number[]): UniformBlock {
  const block = uniformBlock(uniforms.length);
  uniforms.forEach(({ data }, i) => {
    if (data.op === 'key') block.words[i] = data.word === 0 ? 0x80000007 : 12345;
    else block.numbers[i] = data.op === 'size' ? sizeOf(shape) : 0.3;
  });
  return block;
}

/** Runs a kernel over a copy of the state. */
function after(
  run: (segments: Segments, uniforms: UniformBlock, buffers: readonly BufferData[]) => void,
  kernel: Kernel,
  shape: readonly number[],
  before: State,
): State {
  const state: State = new Map([...before].map(([name, data]) => [name, data.slice()]));
  run(
    segmentsFor(kernel, shape),
    uniformsFor(kernel, shape),
    buffersOf(kernel).map(({ name }) => state.get(name)!),
  );
  return state;
}

const sums = (kernel: Kernel): ReadonlySet<string> =>
  new Set(kernel.gathers.filter(({ gather }) => gather.startsWith('sum')).map(({ buffer }) => buffer.name));

/** Equal to the last bit, 0 and −0 told apart; the bits of NaN aside. */
function sameBits(a: BufferData, b: BufferData): boolean {
  return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
}

/** For sums whose terms are within 8: each of the n − 1 additions, in another order, rounds by at most 2⁻⁵³ of at most 64 n. */
function sameSum(a: BufferData, b: BufferData, terms: number): boolean {
  return a.every((value, i) => Object.is(value, b[i]) || Math.abs(value - b[i]!) <= 2 * terms * 2 ** -53 * 64 * terms);
}

function check(graph: Graph, onKernel: (kernel: Kernel, before: State, interpreted: State) => void): void {
  let state = initialState(graph);
  for (const { kernel } of plan(graph.planned).stages) {
    const interpreted = after(interpreter(kernel), kernel, graph.shape, state);
    onKernel(kernel, state, interpreted);
    state = interpreted;
  }
}

describe('generated code', () => {
  test('gives the bits of the interpreter, in memory that it shares and block by block; sums but for their order', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(
        fc.boolean().chain((exact) => graphs(exact)),
        fc.boolean(),
        (graph, shared) =>
          check(graph, (kernel, before, interpreted) => {
            const summed = sums(kernel);
            const ours = after((...call) => runWasm(kernel, ...call, shared), kernel, graph.shape, before);
            const blocks = after(blockRunner(kernel), kernel, graph.shape, before);
            for (const { op } of nodesOf([...kernel.stores, ...kernel.gathers].map(({ value }) => value))) seen.add(op);
            for (const [name, data] of interpreted) {
              const same = summed.has(name) ? sameSum(ours.get(name)!, data, sizeOf(graph.shape)) : sameBits(ours.get(name)!, data);
              if (!same) expect(ours.get(name), name).toEqual(data);
              if (!sameBits(blocks.get(name)!, ours.get(name)!)) expect(blocks.get(name), name).toEqual(ours.get(name));
            }
          }),
      ),
      { numRuns: 800 },
    );
    const replaced = ['pow', 'sign', 'exp', 'log', 'tanh', 'sin', 'cos'];
    expect([...seen]).toEqual(expect.arrayContaining(Object.keys(OPERATIONS).filter((op) => !replaced.includes(op))));
  });
});
