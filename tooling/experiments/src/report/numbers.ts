import type { Quantity } from '../experiment.ts';
import { minutes } from '../run/time-left.ts';
import type { PairedDifference } from '../statistics/paired-difference.ts';

/** A value as text: a share in percent. */
export const valueText = ({ format }: Quantity, value: number): string => (format === 'share' ? `${percent(value)} %` : value.toFixed(4));

/** A mean with a deviation. */
export const spreadText = (quantity: Quantity, mean: number, deviation: number): string =>
  quantity.format === 'share'
    ? `${percent(mean)} ± ${percent(deviation)} %`
    : `${valueText(quantity, mean)} ± ${valueText(quantity, deviation)}`;

/** A difference of two values as text: of shares in percentage points. */
export const differenceText = (quantity: Quantity, value: number): string =>
  quantity.format === 'share' ? `${bareDifference(quantity, value)} points` : bareDifference(quantity, value);

export const intervalText = (quantity: Quantity, { low, high }: Pick<PairedDifference, 'low' | 'high'>): string =>
  `${bareDifference(quantity, low)} to ${differenceText(quantity, high)}`;

/** How long something took, with the processor's time, which other work of the machine does not add to. */
export const timeOf = ({ seconds, processorSeconds }: { readonly seconds: number; readonly processorSeconds: number }): string =>
  `${minutes(seconds)} minutes (${minutes(processorSeconds)} of processor time)`;

const bareDifference = ({ format }: Quantity, value: number): string => minus(format === 'share' ? percent(value, 3) : value.toFixed(5));

const percent = (share: number, digits = 2): string => (100 * share).toFixed(digits);

/** A true minus sign, and none before zero. */
const minus = (text: string): string => (/^-[0.]+$/.test(text) ? text.slice(1) : text.replace('-', '−'));
