import type { GeometryEffect, Interpolation } from '@downhill/core';

/** A box of whole pixels; it may reach out of the image. */
export interface Box {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** Shows a box of the image, pixel by pixel; what lies outside is the border. */
export const cropped = ({ top, left, height, width }: Box, { border, fill }: Pick<GeometryEffect, 'border' | 'fill'>): GeometryEffect => ({
  kind: 'geometry',
  matrix: [1, 0, left, 0, 1, top, 0, 0, 1],
  height,
  width,
  interpolation: 'nearest',
  border,
  fill,
});

/**
 * Shows a whole image of a size in another one. Beyond the edges lies the nearest pixel. The nearest neighbour of a pixel is, as in
 * PyTorch, the one under its top left corner.
 */
export function resized(
  from: { readonly height: number; readonly width: number },
  to: { readonly height: number; readonly width: number },
  interpolation: Interpolation,
): GeometryEffect {
  const [x, y] = [from.width / to.width, from.height / to.height];
  const corner = interpolation === 'nearest' ? -0.5 : 0;
  const nudge = interpolation === 'nearest' ? 1e-6 : 0; // what falls on a pixel's edge must not fall before it by a rounding
  return {
    kind: 'geometry',
    matrix: [x, 0, corner * x + nudge, 0, y, corner * y + nudge, 0, 0, 1],
    points: [x, 0, 0, 0, y, 0, 0, 0, 1],
    ...to,
    interpolation,
    border: 'edge',
  };
}
