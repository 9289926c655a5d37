import { checkOneOf, DownhillError, show, type Border, type GeometryEffect, type Interpolation, type Matrix3 } from '@downhill/core';

/** How an operation takes pictures anew. */
export interface ResamplingOptions {
  /** @defaultValue 'bilinear' (Keras; torchvision has 'nearest') */
  interpolation?: Interpolation;
  /** What is shown of outside the image. @defaultValue 'constant' (torchvision) */
  border?: Border;
  /** With the border 'constant': the value outside, one or one a channel, as a fraction. @defaultValue 0 */
  fill?: number | readonly number[];
}

export interface Resampling {
  readonly interpolation: Interpolation;
  readonly border: Border;
  readonly fill: readonly number[] | undefined;
}

const INTERPOLATIONS = ['nearest', 'bilinear', 'bicubic'] as const;
const BORDERS = ['constant', 'edge', 'reflect', 'symmetric', 'wrap'] as const;

/** @throws DownhillError `invalid-argument` for a word that is none of those. */
export function resamplingOf(source: string, { interpolation = 'bilinear', border = 'constant', fill }: ResamplingOptions): Resampling {
  checkOneOf(source, 'interpolation', interpolation, INTERPOLATIONS);
  checkOneOf(source, 'border', border, BORDERS);
  const values = typeof fill === 'number' ? [fill] : fill;
  if (values !== undefined && !(Array.isArray(values) && values.length > 0 && values.every(Number.isFinite)))
    throw new DownhillError({
      code: 'invalid-argument',
      source,
      problem: `\`fill\` must be a number or one for each channel, got ${show(fill)}`,
    });
  return { interpolation, border, fill: values };
}

/** The geometry that shows, at each pixel of the result, what a matrix makes of its place. */
export const taken = (
  matrix: Matrix3,
  { height, width }: { readonly height: number; readonly width: number },
  { interpolation, border, fill }: Resampling,
): GeometryEffect => ({ kind: 'geometry', matrix, height, width, interpolation, border, fill });
