import type { Quantity } from '../experiment.ts';
import { minutes } from '../run/time-left.ts';
import type { PairedDifference } from '../statistics/paired-difference.ts';

interface Format {
  /** Of what is written, one of the quantity's own. */
  readonly scale: number;
  readonly unit: string;
  readonly digits: number;
  readonly differenceUnit: string;
  readonly differenceDigits: number;
}

const FORMATS: Readonly<Record<Quantity['format'], Format>> = {
  share: { scale: 100, unit: ' %', digits: 2, differenceUnit: ' points', differenceDigits: 3 },
  number: { scale: 1, unit: '', digits: 4, differenceUnit: '', differenceDigits: 5 },
  seconds: { scale: 1, unit: ' s', digits: 1, differenceUnit: ' s', differenceDigits: 1 },
  bytes: { scale: 1 / 1024, unit: ' KiB', digits: 0, differenceUnit: ' KiB', differenceDigits: 0 },
};

/** A value as text: a share in percent. */
export function valueText({ format }: Quantity, value: number): string {
  const { scale, unit, digits } = FORMATS[format];
  return (scale * value).toFixed(digits) + unit;
}

/** A mean with a deviation. */
export function spreadText({ format }: Quantity, mean: number, deviation: number): string {
  const { scale, unit, digits } = FORMATS[format];
  return `${(scale * mean).toFixed(digits)} ± ${(scale * deviation).toFixed(digits)}${unit}`;
}

/** A difference of two values as text: of shares in percentage points. */
export const differenceText = (quantity: Quantity, value: number): string =>
  bareDifference(quantity, value) + FORMATS[quantity.format].differenceUnit;

export const intervalText = (quantity: Quantity, { low, high }: Pick<PairedDifference, 'low' | 'high'>): string =>
  `${bareDifference(quantity, low)} to ${differenceText(quantity, high)}`;

/** How long something took, with the processor's time, which other work of the machine does not add to. */
export const timeOf = ({ seconds, processorSeconds }: { readonly seconds: number; readonly processorSeconds: number }): string =>
  `${minutes(seconds)} minutes (${minutes(processorSeconds)} of processor time)`;

function bareDifference({ format }: Quantity, value: number): string {
  const { scale, differenceDigits } = FORMATS[format];
  return minus((scale * value).toFixed(differenceDigits));
}

/** A true minus sign, and none before zero. */
const minus = (text: string): string => (/^-[0.]+$/.test(text) ? text.slice(1) : text.replace('-', '−'));
