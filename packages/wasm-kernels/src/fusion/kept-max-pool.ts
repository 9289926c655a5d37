import type { Geometry } from '../geometry.ts';
import type { HeldData } from '../held-data.ts';

/** A max pooling whose gradient is to come. */
export interface KeptMaxPool {
  readonly geometry: Geometry;
  readonly input: HeldData;
  readonly output: HeldData;
  /** A byte for each output: which of its window's four values is the largest. */
  readonly places: HeldData;
  /** Whether every window has a largest value: else some gradient goes nowhere. */
  readonly isComplete: boolean;
}

const kept = new WeakMap<HeldData, KeptMaxPool>();

/** Keeps it as long as its output is there. */
export const keep = (pool: KeptMaxPool): void => void kept.set(pool.output, pool);

/** What was kept of the pooling that made an output. */
export const keptOf = (output: HeldData | undefined): KeptMaxPool | undefined => output && kept.get(output);
