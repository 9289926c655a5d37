import { float, type Parameters, type Settings } from '@downhill/tuning';

/** As many real numbers of one range: x1, x2, ... */
export const vector = (length: number, low: number, high: number): Parameters =>
  Object.fromEntries(Array.from({ length }, (_, i) => [`x${i + 1}`, float(low, high)]));

/** Settings that are all numbers, in the order of their parameters. */
export const numbers = (settings: Settings): readonly number[] => Object.values(settings).map(Number);

/** A number among settings. */
export const numberOf = (settings: Settings, name: string): number => Number(settings[name]);

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
