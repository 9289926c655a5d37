import { show, type Choice, type Parameter } from '@downhill/core';
import { log } from '@downhill/core/math';
import { describeValues } from './describe-values.ts';
import { isSetting } from './is-setting.ts';
import { refuse } from './refuse.ts';
import { logBounds } from './setting-at.ts';
import { valueCount } from './value-count.ts';

/**
 * The place of a value from 0 to 1: what `settingAt` takes. Steps and choices are in the middle of their part of [0, 1], and the only
 * value of a parameter is at ½.
 *
 * @example
 * unitOf(categorical(['sgd', 'adam']), 'adam'); // 0.75
 *
 * @throws DownhillError `invalid-argument` where the parameter cannot have the value.
 */
export function unitOf(parameter: Parameter, value: Choice): number {
  if (!isSetting(parameter, value)) refuse('unitOf', `\`value\` must be ${describeValues(parameter)}, got ${show(value)}`);
  const count = valueCount(parameter);
  if (parameter.kind === 'fixed' || count === 1) return 0.5;
  if (parameter.kind === 'categorical') return (parameter.choices.indexOf(value) + 0.5) / count;
  const { low, high, step } = parameter;
  const number = value as number; // a setting of a float or int
  if (parameter.log) {
    const [from, to] = logBounds(parameter);
    if (from === to) return 0.5; // bounds so near to each other that their logarithms are one number
    return Math.min(Math.max((log(number) - from) / (to - from), 0), 1); // a rounding of a logarithm may lead out
  }
  return step === undefined ? (number - low) / (high - low) : (Math.round((number - low) / step) + 0.5) / count;
}
