import { checkNumber, DownhillError, show } from '@downhill/core';

/** A size in pixels: [height, width], or one number for a square. */
export type Size = number | readonly [height: number, width: number];

/** @throws DownhillError `invalid-argument` for what is no whole number of pixels. */
export function sizeOf(source: string, name: string, size: Size): { readonly height: number; readonly width: number } {
  const given: unknown = size;
  if (typeof given !== 'number' && !(Array.isArray(given) && given.length === 2))
    throw new DownhillError({
      code: 'invalid-argument',
      source,
      problem: `\`${name}\` must be a number of pixels or [height, width], got ${show(given)}`,
    });
  const [height, width] = typeof size === 'number' ? [size, size] : size;
  checkNumber(source, typeof size === 'number' ? { [name]: size } : { [`${name}[0]`]: height, [`${name}[1]`]: width }, {
    min: 1,
    integer: true,
  });
  return { height, width };
}
