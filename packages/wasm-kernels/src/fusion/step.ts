import type { Bounds, Operation } from './expression.ts';

/** Two operations in one step, with the same roundings, and their numbers in `assembly/elementwise.ts`: a value less to store and load. */
export const PAIRS = {
  /** (a - b) * c */
  'subtract multiply': 10,
  /** a * b + c */
  'multiply add': 11,
  /** a + b + c */
  'add add': 12,
  /** a where b is above 0 or NaN, times c */
  'wherePositive multiply': 13,
  /** relu(a + b) */
  'add relu': 14,
  /** a + b, clipped */
  'add clip': 15,
  /** a where b is between low and high and above 0 or NaN */
  'whereBetween wherePositive': 16,
} as const;

export type Pair = keyof typeof PAIRS;

/** Where a value is while a block is worked on: in a tensor, in the part of one that is worked on, or in one of the scratch blocks. */
export type Place = { readonly tensor: number } | { readonly part: number } | { readonly block: number };

/** One operation, or two, on a block. */
export interface Step {
  readonly operation: Operation | Pair;
  readonly bounds: Bounds;
  readonly places: readonly Place[];
  readonly to: Place;
}
