import type { Choice } from '@downhill/core';
import { log } from '@downhill/core/math';
import type { AddKernels } from './number-kernels.ts';

/** Kernels over choices: how likely each choice is, for each observation in their order, and last for the prior. */
export interface ChoiceKernels {
  readonly kind: 'choice';
  readonly choices: readonly Choice[];
  /** By kernel, then by choice. */
  readonly shares: readonly (readonly number[])[];
}

/**
 * In an observation's kernel the choice it had counts 1, and every choice the prior's weight divided by the number of kernels; to the prior all
 * choices are alike. Optuna's rule.
 */
export function choiceKernels(choices: readonly Choice[], observed: readonly Choice[], priorWeight: number): ChoiceKernels {
  const smooth = priorWeight / (observed.length + 1);
  const whole = 1 + smooth * choices.length;
  const ofObserved = observed.map((value) => choices.map((choice) => (smooth + (choice === value ? 1 : 0)) / whole));
  return { kind: 'choice', choices, shares: [...ofObserved, choices.map(() => 1 / choices.length)] };
}

/** Adds the logarithms of all kernels at a choice to `sums`. */
export function addChoiceKernels({ choices, shares }: ChoiceKernels): AddKernels<Choice> {
  const logs = shares.map((row) => row.map(log));
  return (value, sums) => {
    const choice = choices.indexOf(value);
    for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] ?? 0) + (logs[i]?.[choice] ?? -Infinity);
  };
}

/** A choice from kernel `i`. @param q Evenly from [0, 1). */
export function choiceFrom({ choices, shares }: ChoiceKernels, i: number, q: number): Choice {
  return choices[indexFrom(shares[i] ?? [], q)] ?? null;
}

/** The place in shares, which add up to 1, at which their running sum passes `q`. */
export function indexFrom(shares: readonly number[], q: number): number {
  let sum = 0;
  const found = shares.findIndex((share) => (sum += share) > q);
  return found < 0 ? shares.length - 1 : found;
}
