import type { Parameter } from '@downhill/core';
import { lastPlace } from './step-values.ts';

/**
 * How many values a parameter can have: Infinity for a float without steps, unless its bounds are one number.
 *
 * @example
 * valueCount(int(1, 8)); // 8
 */
export function valueCount(parameter: Parameter): number {
  if (parameter.kind === 'fixed') return 1;
  if (parameter.kind === 'categorical') return parameter.choices.length;
  const { low, high, step } = parameter;
  if (low === high) return 1;
  return step === undefined ? Infinity : lastPlace(low, high, step) + 1;
}
