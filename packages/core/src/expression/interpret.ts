import { finished } from './evaluate.ts';
import type { Expression, Operation, ValueType } from './node.ts';
import { label, nodesOf } from './print.ts';
import { buffersOf, type Segments } from './segments.ts';
import { NUMBER_FUNCTIONS } from './simplify.ts';
import type { Gather, Kernel, KernelBuffer } from './stages.ts';
import type { UniformBlock } from './uniform-block.ts';

/** Float32 for tensors, float64 for what is gathered. */
export type BufferData = Float32Array | Float64Array;

/** A compiled kernel: runs all segments over the buffers of `buffersOf(kernel)`. */
export type RunKernel = (segments: Segments, uniforms: UniformBlock, buffers: readonly BufferData[]) => void;

const cell = new Float32Array(1);
const cellBits = new Uint32Array(cell.buffer);

function bitsOf(x: number): number {
  cell[0] = x;
  return cellBits[0] ?? 0;
}

function fromBits(word: number): number {
  cellBits[0] = word;
  return cell[0] ?? 0;
}

/**
 * What each primitive operation does to one element. Results are stored in an array of the operation's type, which rounds
 * or wraps to 32 bits; booleans are 0 and 1. The operations that `lower` replaces are not here.
 */
export const PRIMITIVES: Readonly<Partial<Record<Operation, (a: number, b: number, c: number) => number>>> = {
  ...NUMBER_FUNCTIONS,
  integerAdd: (a, b) => a + b,
  integerSub: (a, b) => a - b,
  integerXor: (a, b) => a ^ b,
  integerAnd: (a, b) => a & b,
  integerOr: (a, b) => a | b,
  rotateLeft: (a, count) => (a << count) | (a >>> (32 - count)),
  shiftLeft: (a, count) => a << count,
  shiftRight: (a, count) => a >>> count,
  integerLess: (a, b) => Number(a < b),
  selectInteger: (condition, a, b) => (condition === 1 ? a : b),
  toNumber: (a) => a | 0,
  toInteger: Math.trunc,
  bitsOf,
  fromBits,
};

/** @throws TypeError for an operation that `lower` should have replaced. */
function primitive(op: string): (a: number, b: number, c: number) => number {
  const compute = PRIMITIVES[op as Operation];
  if (compute === undefined) throw new TypeError(`'${op}' is no primitive operation`);
  return compute;
}

/** Elements computed at once: enough to hide the cost of a call, few enough to stay in the cache. */
const BLOCK = 512;

type Register = Float32Array | Uint32Array | Uint8Array;

function registerFor(type: ValueType): Register {
  if (type === 'integer') return new Uint32Array(BLOCK);
  return type === 'boolean' ? new Uint8Array(BLOCK) : new Float32Array(BLOCK);
}

/** Adds an element to what was gathered so far; in float64. */
function gatherInto(gather: Gather, so: number, value: number): number {
  switch (gather) {
    case 'sum':
    case 'count':
      return so + value;
    case 'sumOfSquares':
      return so + value * value;
    case 'maxAbs':
      return Math.max(so, Math.abs(value));
    default:
      return gather satisfies never;
  }
}

type Fill = (
  register: Register,
  n: number,
  first: number,
  row: number,
  segments: Segments,
  uniforms: UniformBlock,
  buffers: readonly BufferData[],
) => void;

function filler(node: Expression, kernel: Kernel, registers: ReadonlyMap<Expression, Register>): Fill {
  const { data } = node;
  const all = buffersOf(kernel);
  if (data.op === 'constant') return (register) => register.fill(data.value);
  if (data.op === 'index')
    return (register, n, first, row, { table }) => {
      const start = (table[row] ?? 0) + first;
      for (let i = 0; i < n; i++) register[i] = start + i;
    };
  if (data.op === 'input' || data.op === 'reduced') {
    const place = all.findIndex(({ name }) => name === data.name);
    const stride = all[place]?.stride ?? 0;
    const read = data.op === 'reduced' ? (value: number) => Math.fround(finished(data.reduction, value)) : (value: number) => value;
    return (register, n, first, row, { table }, _, buffers) => {
      const from = (table[row + 2 + place] ?? 0) + first * stride;
      const source = buffers[place];
      for (let i = 0; i < n; i++) register[i] = read(source?.[from + i * stride] ?? 0);
    };
  }
  if (data.op === 'scalar' || data.op === 'size' || data.op === 'key') {
    const place = kernel.uniforms.findIndex(({ name }) => name === label(data));
    return (register, n, _first, _row, _segments, { numbers, words }) =>
      register.fill((data.op === 'key' ? words : numbers)[place] ?? 0, 0, n);
  }
  const compute = primitive(data.op);
  const [a, b = a, c = a] = node.inputs.map((input) => registers.get(input));
  return (register, n) => {
    if (a === undefined || b === undefined || c === undefined) return;
    for (let i = 0; i < n; i++) register[i] = compute(a[i] ?? 0, b[i] ?? 0, c[i] ?? 0);
  };
}

/**
 * Runs a kernel without generating code, a block of elements at a time: the meaning of the language, which generated code is
 * held to. Every step is rounded to float32; what is gathered is added up in float64, in order.
 */
export function interpreter(kernel: Kernel): RunKernel {
  const nodes = nodesOf([...kernel.stores, ...kernel.gathers].map(({ value }) => value));
  const registers = new Map(nodes.map((node) => [node, registerFor(node.type)]));
  const fills = nodes.map((node) => ({ register: registers.get(node) ?? new Float32Array(0), fill: filler(node, kernel, registers) }));
  const firstStore = kernel.loads.length;
  const firstGather = firstStore + kernel.stores.length;

  return (segments, uniforms, buffers) => {
    const { table, width, length } = segments;
    for (let row = 0; row < length * width; row += width) {
      const count = table[row + 1] ?? 0;
      for (let first = 0; first < count; first += BLOCK) {
        const n = Math.min(BLOCK, count - first);
        for (const { register, fill } of fills) fill(register, n, first, row, segments, uniforms, buffers);
        kernel.stores.forEach(({ buffer, value }, i) => {
          const from = (table[row + 2 + firstStore + i] ?? 0) + first * buffer.stride;
          const source = registers.get(value);
          const target = buffers[firstStore + i];
          for (let k = 0; k < n && source !== undefined && target !== undefined; k++) target[from + k * buffer.stride] = source[k] ?? 0;
        });
        kernel.gathers.forEach(({ buffer, gather, value }, i) => {
          const from = (table[row + 2 + firstGather + i] ?? 0) + first * buffer.stride;
          gatherBlock(gather, buffer, registers.get(value), buffers[firstGather + i], from, n);
        });
      }
    }
  };
}

function gatherBlock(
  gather: Gather,
  { stride }: KernelBuffer,
  source: Register | undefined,
  target: BufferData | undefined,
  from: number,
  n: number,
): void {
  if (source === undefined || target === undefined) return;
  for (let k = 0; k < n; k++) target[from + k * stride] = gatherInto(gather, target[from + k * stride] ?? 0, source[k] ?? 0);
}
