import { checkNumber } from '@downhill/core';

/** A size in pixels: [height, width], or one number for a square. */
export type Size = number | readonly [height: number, width: number];

/** @throws DownhillError `invalid-argument` for what is no whole number of pixels. */
export function sizeOf(source: string, name: string, size: Size): { readonly height: number; readonly width: number } {
  const [height, width] = typeof size === 'number' ? [size, size] : size;
  checkNumber(source, typeof size === 'number' ? { [name]: size } : { [`${name}[0]`]: height, [`${name}[1]`]: width }, {
    min: 1,
    integer: true,
  });
  return { height, width };
}
