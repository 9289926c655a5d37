import type { Transform } from '@downhill/core';
import { tensor1d, type Tensor } from '@tensorflow/tfjs-core';
import type { NamedTensors } from './updates.ts';

/** The name under which the counts of skipped steps are saved. */
export const SKIPS = 'skips';

/**
 * How many steps in a row with a gradient that is not finite a chain and the optimizer's option let pass. Of several limits the lowest holds.
 */
export function mostSkips({ parts }: Transform, nonFinite: 'report' | 'skip' | 'error'): number {
  if (nonFinite === 'error') return 0;
  const limits = parts.flatMap(({ rule: { skipsNonFinite } }) => (skipsNonFinite ? [skipsNonFinite.maxConsecutive ?? Infinity] : []));
  return nonFinite === 'skip' || limits.length > 0 ? Math.min(...limits) : 0;
}

/** Counts the steps that a bad gradient stopped. */
export class Skips {
  readonly #most: number;
  /** All of them. */
  count = 0;
  /** Those since the last step that was stored. */
  inARow = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Counts a stopped step. @returns Whether it may be skipped; else it is an error. */
  take(): boolean {
    this.count += 1;
    this.inARow += 1;
    return this.inARow <= this.#most;
  }

  /** A step was stored. */
  end(): void {
    this.inARow = 0;
  }

  /** The counts, to be saved; none where no step is ever skipped. */
  named(): NamedTensors {
    return this.#most === 0 ? [] : [{ name: SKIPS, tensor: tensor1d([this.count, this.inARow], 'int32') }];
  }

  /** @param saved `undefined` where none were saved. */
  set(saved: Tensor | undefined): void {
    const [count = 0, inARow = 0] = saved?.dataSync() ?? [];
    this.count = count;
    this.inARow = inARow;
  }
}
