import type { Choice, Parameter } from '@downhill/core';
import { steppedValue } from './step-values.ts';

/** One of the values of a parameter that has a number of them, by its place among them. */
export function valueAtPlace(parameter: Parameter, place: number): Choice {
  if (parameter.kind === 'fixed') return parameter.value;
  if (parameter.kind === 'categorical') return parameter.choices[place] as Choice;
  const { low, high, step = 0 } = parameter; // without steps: a float that has one value
  return Math.min(steppedValue(low, step, place), high);
}
