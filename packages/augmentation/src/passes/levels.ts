import type { Image, Range } from './image.ts';

/** Cuts fractions of whole levels off, as a conversion to uint8 does. */
export const truncated = (value: number): number => Math.floor(value);

/** To the nearest whole level, ties to the even one. */
export function roundedHalfToEven(value: number): number {
  const low = Math.floor(value);
  const rest = value - low;
  if (rest !== 0.5) return Math.round(value);
  return low % 2 === 0 ? low : low + 1;
}

export const clamped = (value: number, range: Range): number => Math.min(range, Math.max(0, value));

/** A whole level from 0 to 255 of a value of either range; of fractions each level has an equal share, as in torchvision's conversion. */
export const levelOf = (value: number, range: Range): number =>
  Math.min(255, Math.max(0, Math.floor(range === 255 ? value : value * 255.999)));

export const valueOf = (level: number, range: Range): number => (range === 255 ? level : level / 255);

/** How sums are rounded on the way: those of levels not at all, since they are cut off to whole ones, where a rounding may make one less. */
export const roundingOf = (range: Range): ((value: number) => number) => (range === 1 ? Math.fround : exactly);

const exactly = (value: number): number => value;

/** Changes every value in place. */
export function mapValues({ data }: Image, change: (value: number) => number): void {
  for (let i = 0; i < data.length; i++) data[i] = change(data[i] ?? 0);
}
