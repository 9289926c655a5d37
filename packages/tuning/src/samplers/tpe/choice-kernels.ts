import { log } from '@downhill/core/math';
import type { Choice } from '../../space/parameter.ts';

/** Kernels over choices: for each observation, and for the prior, how likely each choice is. */
export interface ChoiceKernels {
  readonly kind: 'choice';
  readonly choices: readonly Choice[];
  /** By kernel, then by choice. */
  readonly shares: readonly (readonly number[])[];
}

/**
 * An observed choice counts 1, and every choice the prior's weight divided by the number of kernels; the last kernel is the prior, for which all
 * choices are alike. Optuna's rule.
 */
export function choiceKernels(choices: readonly Choice[], observed: readonly Choice[], priorWeight: number): ChoiceKernels {
  const smooth = priorWeight / (observed.length + 1);
  const whole = 1 + smooth * choices.length;
  const ofObserved = observed.map((value) => choices.map((choice) => (smooth + (choice === value ? 1 : 0)) / whole));
  return { kind: 'choice', choices, shares: [...ofObserved, choices.map(() => 1 / choices.length)] };
}

/** A way to compute kernels' logarithmic shares: adds those of all kernels for a choice to `sums`. */
export function addChoiceDensities({ choices, shares }: ChoiceKernels): (value: Choice, sums: Float64Array) => void {
  const logs = shares.map((row) => row.map(log));
  return (value, sums) => {
    const choice = choices.indexOf(value);
    for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] ?? 0) + (logs[i]?.[choice] ?? -Infinity);
  };
}

/** A choice from kernel `i`. @param q Evenly from between 0 and 1. */
export function choiceFrom({ choices, shares }: ChoiceKernels, i: number, q: number): Choice {
  return choices[indexFrom(shares[i] ?? [], q)] ?? null;
}

/** The place in shares, which add up to 1, at which their running sum passes `q`. */
export function indexFrom(shares: ArrayLike<number>, q: number): number {
  let sum = 0;
  for (let i = 0; i < shares.length; i++) {
    sum += shares[i] ?? 0;
    if (q < sum) return i;
  }
  return shares.length - 1;
}
