import { shapeOver } from './domain.ts';
import type { Over } from './node.ts';
import type { Kernel, KernelBuffer } from './stages.ts';

/** Runs of consecutive turns of a kernel's loop, for one shape of parameter. */
export interface Segments {
  readonly length: number;
  /** Of each segment: the place of its first turn, its turns, then the first element of each buffer. */
  readonly table: Int32Array;
  /** Entries of the table for one segment. */
  readonly width: number;
}

/** Every buffer of a kernel in the order of its arguments: loads, stores, gathers. */
export const buffersOf = (kernel: Kernel): readonly KernelBuffer[] => [
  ...kernel.loads,
  ...kernel.stores.map(({ buffer }) => buffer),
  ...kernel.gathers.map(({ buffer }) => buffer),
];

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

/** How far a buffer moves for one step along each axis; 0 along the axes that it leaves out. */
function stridesOf(shape: readonly number[], over: Over): readonly number[] {
  const own = shapeOver(shape, over);
  let stride = 1;
  return shape
    .map((_, i) => {
      const axis = shape.length - 1 - i;
      const step = over === 'all' || (own[axis] === 1 && (over === 'tensor' || over.includes(axis))) ? 0 : stride;
      stride *= own[axis] ?? 1;
      return step;
    })
    .reverse();
}

/**
 * Cuts a loop into segments in which every buffer either stands still or moves by one element a turn. A kernel without
 * reductions over axes has one segment a parameter; one that folds rows has one a row.
 */
export function segmentsFor(kernel: Kernel, shape: readonly number[]): Segments {
  const buffers = buffersOf(kernel);
  const walkedShape = shapeOver(shape, kernel.over);
  const width = 2 + buffers.length;
  const leavesOut = (over: Over, axis: number): boolean => over === 'all' || over === 'tensor' || over.includes(axis);
  const walked = shape.map((_, axis) => axis).filter((axis) => !leavesOut(kernel.over, axis));
  const signature = (axis: number): string => buffers.map(({ over }) => (leavesOut(over, axis) ? 'o' : 'x')).join('');

  let split = walked.length;
  while (split > 0 && signature(walked[split - 1] ?? 0) === signature(walked.at(-1) ?? 0)) split--;
  const outer = walked.slice(0, split);
  const count = sizeOf(walked.slice(split).map((axis) => shape[axis] ?? 1));
  const length = sizeOf(walkedShape) === 0 ? 0 : sizeOf(outer.map((axis) => shape[axis] ?? 1));
  const strides = buffers.map(({ over }) => stridesOf(shape, over));

  const table = new Int32Array(length * width);
  for (let segment = 0; segment < length; segment++) {
    const row = segment * width;
    table[row] = segment * count;
    table[row + 1] = count;
    let rest = segment;
    for (let i = outer.length - 1; i >= 0; i--) {
      const axis = outer[i] ?? 0;
      const place = rest % (shape[axis] ?? 1);
      rest = Math.floor(rest / (shape[axis] ?? 1));
      strides.forEach((steps, buffer) => (table[row + 2 + buffer] = (table[row + 2 + buffer] ?? 0) + place * (steps[axis] ?? 0)));
    }
  }
  return { length, table, width };
}
