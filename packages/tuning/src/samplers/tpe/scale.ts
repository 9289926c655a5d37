import { exp, log } from '@downhill/core/math';
import type { FloatParameter, IntParameter } from '../../space/parameter.ts';

/** The line on which the kernels of a number lie: the number itself, or its logarithm. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  positionOf(value: number): number;
  /** The value that a position stands for: the nearest one, where there are steps. */
  valueAt(position: number): number;
  /** Where there are steps: the stretch of the line that stands for the value at this position. */
  stretchOf?(position: number): readonly [from: number, to: number];
}

/** The scale of a parameter, with half a step more at both ends so that all values have stretches of the same length (Optuna's). */
export function scaleOf(parameter: FloatParameter | IntParameter): Scale {
  const { low, high, log: isLog, step } = parameter;
  if (step === undefined) return isLog ? logarithmic(low, high) : { low, high, positionOf: same, valueAt: (x) => clamp(x, low, high) };
  const half = 0.5 * step;
  const last = low + step * Math.floor((high - low) / step + 1e-9);
  const nearest = (x: number): number => clamp(low + step * Math.round((x - low) / step), low, last);
  if (!isLog)
    return { low: low - half, high: last + half, positionOf: same, valueAt: nearest, stretchOf: (x) => [x - half, x + half] };
  return {
    low: log(low - half),
    high: log(last + half),
    positionOf: log,
    valueAt: (x) => nearest(exp(x)),
    stretchOf(x) {
      const value = nearest(exp(x));
      return [log(value - half), log(value + half)];
    },
  };
}

const logarithmic = (low: number, high: number): Scale => ({
  low: log(low),
  high: log(high),
  positionOf: log,
  valueAt: (x) => clamp(exp(x), low, high),
});

const same = (x: number): number => x;

const clamp = (x: number, low: number, high: number): number => Math.min(Math.max(x, low), high);
