import type { Choice, Parameter } from '@downhill/core';
import { numberText } from '@downhill/core/page';
import { log } from '@downhill/core/math';
import { linearTicks, logTicks, withEnds } from './ticks.ts';

/** Where the values of a parameter, or of the trials, lie on an axis from 0 to 1. */
export interface Scale {
  shareOf(value: Choice): number;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
}

/** Beyond this ratio of the largest to the smallest, a linear axis would press most of the values flat. */
const WIDE = 100;
const LABEL_SIGNS = 14;
const TICKS = 5;

/** Whether values are shown in powers of ten. */
export const isWide = (values: readonly number[]): boolean => {
  const [low, high] = extentOf(values);
  return low > 0 && high / low >= WIDE;
};

export const scaleOf = (parameter: Parameter): Scale => {
  switch (parameter.kind) {
    case 'categorical':
      return choicesScale(parameter.choices);
    case 'fixed':
      return choicesScale([parameter.value]);
    default:
      return numberScale(parameter.low, parameter.high, parameter);
  }
};

export function numberScale(low: number, high: number, { log: logarithmic, kind }: { log: boolean; kind?: 'float' | 'int' }): Scale {
  const place = (value: number): number => (logarithmic ? log(value) : value);
  const shareOf = (value: Choice): number => (high > low ? (place(Number(value)) - place(low)) / (place(high) - place(low)) : 0.5);
  const round = (logarithmic ? logTicks : linearTicks)(low, high, TICKS).filter((tick) => kind !== 'int' || Number.isInteger(tick));
  return { shareOf, ticks: withEnds(round, low, high, shareOf).map((tick) => ({ at: shareOf(tick), label: numberText(tick) })) };
}

export function choicesScale(choices: readonly Choice[]): Scale {
  const shareAt = (index: number): number => (choices.length > 1 ? index / (choices.length - 1) : 0.5);
  return {
    shareOf: (value) => shareAt(choices.indexOf(value)),
    ticks: choices.map((choice, i) => ({ at: shareAt(i), label: shortened(String(choice), LABEL_SIGNS) })),
  };
}

/** At most `signs` signs, the last of them dots. */
export const shortened = (text: string, signs: number): string => {
  const all = Array.from(text);
  return all.length > signs ? `${all.slice(0, signs - 1).join('')}…` : text;
};

export const extentOf = (values: readonly number[]): readonly [low: number, high: number] =>
  values.reduce<readonly [number, number]>(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
