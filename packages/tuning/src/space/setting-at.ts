import { checkNumber, type Choice, type FloatParameter, type IntParameter, type Parameter } from '@downhill/core';
import { exp, log } from '@downhill/core/math';
import { valueAtPlace } from './value-at-place.ts';
import { valueCount } from './value-count.ts';

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** Which of `count` equal parts of [0, 1] u lies in; the last one has both ends. */
const partOf = (u: number, count: number): number => Math.min(Math.floor(u * count), count - 1);

/** The logarithms between which a logarithmic parameter is even. A whole number stands for half a one on each side, as in Optuna. */
export function logBounds({ kind, low, high }: FloatParameter | IntParameter): readonly [number, number] {
  const margin = kind === 'int' ? 0.5 : 0;
  return [log(low - margin), log(high + margin)];
}

function logarithmicAt(parameter: FloatParameter | IntParameter, u: number): number {
  const { kind, low, high } = parameter;
  const [from, to] = logBounds(parameter);
  const value = u === 0 ? low : u === 1 ? high : exp(from + (to - from) * u);
  return clamp(kind === 'int' ? Math.round(value) : value, low, high);
}

/**
 * The value of a parameter at a place from 0 to 1, so that even places give values as the parameter wants them spread.
 *
 *     linear       low + u (high − low)
 *     log          exp(ln low + u (ln high − ln low))
 *     log, whole   the same from low − ½ to high + ½, rounded
 *     steps        low + step ⌊u k⌋, of k values; choices likewise
 *
 * 0 gives the first value and 1 the last.
 *
 * @example
 * settingAt(float(0, 8), 0.25); // 2
 * settingAt(int(1, 3), 0.5); // 2
 *
 * @throws DownhillError `invalid-argument` where u is not from 0 to 1.
 */
export function settingAt(parameter: Parameter, u: number): Choice {
  checkNumber('settingAt', { u }, { min: 0, max: 1 });
  if ('log' in parameter && parameter.log) return logarithmicAt(parameter, u);
  const count = valueCount(parameter);
  if (count < Infinity) return valueAtPlace(parameter, partOf(u, count));
  const { low, high } = parameter as FloatParameter;
  return u === 1 ? high : clamp(low + u * (high - low), low, high);
}
