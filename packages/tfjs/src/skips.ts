import type { Skipping, Transform } from '@downhill/core';
import { keep, tensor1d, type Tensor } from '@tensorflow/tfjs-core';

/** The name under which the counts of skipped steps are saved. */
export const SKIPS = 'skips';

/**
 * What a chain and the optimizer's option say of steps with a gradient that is not finite: `undefined` where none is skipped. Of several limits
 * the lowest holds.
 */
export function skippingOf({ parts }: Transform, nonFinite: 'report' | 'skip' | 'error'): Required<Skipping> | undefined {
  if (nonFinite === 'error') return undefined;
  const declared: Skipping[] = [
    ...(nonFinite === 'skip' ? [{}] : []),
    ...parts.flatMap(({ rule: { skipsNonFinite } }) => skipsNonFinite ?? []),
  ];
  if (declared.length === 0) return undefined;
  return { maxConsecutive: Math.min(...declared.map(({ maxConsecutive = Infinity }) => maxConsecutive)) };
}

/** Counts the steps that a bad gradient stopped. */
export class Skips {
  readonly #skipping: Required<Skipping> | undefined;
  /** All of them. */
  count = 0;
  /** Those since the last step that was stored. */
  inARow = 0;

  constructor(skipping: Required<Skipping> | undefined) {
    this.#skipping = skipping;
  }

  /** Counts a stopped step. @returns Whether it may be skipped; else it is an error. */
  take(): boolean {
    this.count += 1;
    this.inARow += 1;
    return this.inARow <= (this.#skipping?.maxConsecutive ?? 0);
  }

  /** A step was stored. */
  end(): void {
    this.inARow = 0;
  }

  /** The counts, to be saved; `undefined` where no step is ever skipped. */
  kept(): Tensor | undefined {
    return this.#skipping === undefined ? undefined : keep(tensor1d([this.count, this.inARow], 'int32'));
  }

  /** @param saved `undefined` where none were saved. */
  set(saved: Tensor | undefined): void {
    const [count = 0, inARow = 0] = saved?.dataSync() ?? [];
    this.count = count;
    this.inARow = inARow;
  }
}
