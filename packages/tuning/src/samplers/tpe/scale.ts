import type { FloatParameter, IntParameter } from '@downhill/core';
import { exp, log } from '@downhill/core/math';
import { logBounds } from '../../space/setting-at.ts';
import { steppedValue } from '../../space/step-values.ts';

/** The line on which the kernels of a number lie: the number itself, or its logarithm. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  positionOf(value: number): number;
  /** The value that a position stands for: the nearest one, where there are steps. */
  valueAt(position: number): number;
  /** Where there are steps: the part of the line that stands for the value at this position. */
  partOf?(position: number): readonly [from: number, to: number];
}

/**
 * The scale of a parameter, half a step longer at both ends where there are steps, so that all values have parts of the same length: Optuna's. Logarithmic
 * whole numbers have parts too, as in Optuna since optuna/optuna#6258.
 */
export function scaleOf(parameter: FloatParameter | IntParameter): Scale {
  const { low, high, log: isLog, step } = parameter;
  const inside = (value: number): number => Math.min(Math.max(value, low), high);
  const positionOf = isLog ? log : same;
  if (step === undefined) {
    const [from, to] = isLog ? logBounds(parameter) : [low, high];
    return { low: from, high: to, positionOf, valueAt: (x) => inside(isLog ? exp(x) : x) };
  }
  const half = 0.5 * step;
  const valueAt = (x: number): number => inside(steppedValue(low, step, Math.round(((isLog ? exp(x) : x) - low) / step)));
  return {
    low: positionOf(low - half),
    high: positionOf(high + half),
    positionOf,
    valueAt,
    partOf(x) {
      const value = valueAt(x);
      return [positionOf(value - half), positionOf(value + half)];
    },
  };
}

const same = (x: number): number => x;
