import type { Parameter } from '@downhill/core';
import { STEP_TOLERANCE, steppedValue } from './step-values.ts';

/** Whether a parameter can have a value. A float's may be off its step by rounding. */
export function isSetting(parameter: Parameter, value: unknown): boolean {
  if (parameter.kind === 'fixed') return value === parameter.value;
  if (parameter.kind === 'categorical') return (parameter.choices as readonly unknown[]).includes(value);
  const { kind, low, high, step } = parameter;
  if (typeof value !== 'number' || !(value >= low && value <= high)) return false;
  if (kind === 'int') return (value - low) % step === 0;
  if (step === undefined) return true;
  const stepped = Math.min(steppedValue(low, step, Math.round((value - low) / step)), high);
  return Math.abs(value - stepped) <= STEP_TOLERANCE * step;
}
