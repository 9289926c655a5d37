import { checkNumber, checkOneOf, type Border } from '@downhill/core';
import type { ResamplingOptions } from '../operations/resampling.ts';

/** What Keras's geometric layers take. */
export interface FillConfig {
  /** What is shown of outside the image: mirrored at its edge, the image again, `fillValue`, or the nearest pixel. @defaultValue 'reflect' (Keras) */
  fillMode?: 'reflect' | 'wrap' | 'constant' | 'nearest';
  /** @defaultValue 'bilinear' (Keras) */
  interpolation?: 'nearest' | 'bilinear';
  /** In the images' own values. @defaultValue 0 (Keras) */
  fillValue?: number;
}

/** Keras's defaults. */
export const FILL: Required<FillConfig> = { fillMode: 'reflect', interpolation: 'bilinear', fillValue: 0 };

const BORDERS = { reflect: 'symmetric', wrap: 'wrap', constant: 'constant', nearest: 'edge' } as const satisfies Record<string, Border>;

/** How the operations of this package have what Keras calls filling. @throws DownhillError `invalid-argument` */
export function fillingOf(
  source: string,
  { fillMode, interpolation, fillValue }: Required<FillConfig>,
): { readonly saved: Required<FillConfig>; readonly resampling: Required<ResamplingOptions> } {
  checkOneOf(source, 'fillMode', fillMode, ['reflect', 'wrap', 'constant', 'nearest']);
  checkOneOf(source, 'interpolation', interpolation, ['nearest', 'bilinear']);
  checkNumber(source, { fillValue });
  return { saved: { fillMode, interpolation, fillValue }, resampling: { interpolation, border: BORDERS[fillMode], fill: fillValue } };
}
