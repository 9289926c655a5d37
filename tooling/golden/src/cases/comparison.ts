import { Tensor } from '@tensorflow/tfjs-core';
import { relativeError, type Deviation } from '../family.ts';
import { isTensorData, type TensorData } from './tensor-data.ts';

type Numbers = Tensor | ArrayLike<number> | number;

/** Collects how far ours is from what a case expects. Numbers that may be read at once: tensors, arrays, single numbers. */
export interface Comparison {
  /** The largest difference may be `tolerance`. */
  absolute(what: string, ours: Numbers, expected: TensorData | ArrayLike<number> | number, tolerance: number): void;
  /** The largest difference may be `tolerance` times the largest magnitude expected. */
  relative(what: string, ours: Numbers, expected: TensorData | ArrayLike<number> | number, tolerance: number): void;
  /** Anything that can be compared as JSON: names, booleans, indices, null. */
  same(what: string, ours: unknown, expected: unknown): void;
}

export interface Collected extends Comparison {
  readonly deviations: Deviation[];
}

/** @param where The case, for the reader. */
export function comparison(where: string): Collected {
  const deviations: Deviation[] = [];
  const add = (what: string, error: number, tolerance: number): void =>
    void deviations.push({ error, tolerance, where: `${where}, ${what}` });
  return {
    deviations,
    absolute: (what, ours, expected, tolerance) =>
      add(what, largestDifference(numbers(what, ours, expected), expectedNumbers(ours, expected)), tolerance),
    relative: (what, ours, expected, tolerance) =>
      add(what, relativeError(numbers(what, ours, expected), expectedNumbers(ours, expected)), tolerance),
    same: (what, ours, expected) => add(what, JSON.stringify(ours) === JSON.stringify(expected) ? 0 : Infinity, 0),
  };
}

/** Ours as numbers; a tensor must have the shape that is expected. */
function numbers(what: string, ours: Numbers, expected: TensorData | ArrayLike<number> | number): ArrayLike<number> {
  if (typeof ours === 'number') return [ours];
  if (!(ours instanceof Tensor)) return ours;
  if (isTensorData(expected) && ours.shape.join() !== expected.shape.join())
    throw new Error(`${what} has the shape [${ours.shape}] where [${expected.shape}] is expected`);
  return ours.dataSync();
}

/** As float32 where ours is such a tensor: what is exact is so in float32. */
function expectedNumbers(ours: Numbers, expected: TensorData | ArrayLike<number> | number): ArrayLike<number> {
  const values = typeof expected === 'number' ? [expected] : isTensorData(expected) ? expected.data : expected;
  return ours instanceof Tensor && ours.dtype === 'float32' ? Float32Array.from(values) : values;
}

function largestDifference(ours: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (ours.length !== expected.length) throw new Error(`ours has ${ours.length} numbers where ${expected.length} are expected`);
  return Array.from(expected).reduce((most, value, i) => {
    const difference = Math.abs((ours[i] ?? Number.NaN) - value);
    return Number.isNaN(difference) || difference > most ? difference : most;
  }, 0);
}
