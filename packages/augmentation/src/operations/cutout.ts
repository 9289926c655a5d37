import { augmentation, checkNumber, type Augmentation } from '@downhill/core';
import { checkDraw } from './check-draw.ts';
import { checkOptions } from './check-options.ts';

/** Options of {@link cutout}. */
export interface CutoutOptions {
  /** The square's side in pixels; of an odd one the pixel more is left out, as in the authors' code. */
  length: number;
  /** @defaultValue 0 (DeVries and Taylor) */
  fill?: number;
}

/** The middle of the square. */
export interface CutoutDraw {
  readonly row: number;
  readonly column: number;
  readonly [key: string]: number;
}

/**
 * Blanks a square around a random pixel; near the border a part of it falls outside (DeVries and Taylor 2017, arXiv:1708.04552).
 *
 * @example
 * const hole = cutout({ length: 16 });
 * hole.name; // 'cutout'
 *
 * @throws DownhillError `invalid-argument` for a length that is no whole number from 1 on.
 */
export function cutout(options: CutoutOptions): Augmentation<CutoutDraw> {
  checkOptions('cutout', options, ['length', 'fill']);
  const { length, fill = 0 } = options;
  checkNumber('cutout', { length }, { min: 1, integer: true });
  checkNumber('cutout', { fill });
  const half = Math.floor(length / 2);
  return augmentation<CutoutDraw>({
    name: 'cutout',
    config: { ...options },
    check: (draw, { height, width }) =>
      checkDraw('cutout', draw, { row: { min: 0, max: height - 1, integer: true }, column: { min: 0, max: width - 1, integer: true } }),
    draw: (draws, { height, width }) => ({ row: draws.integer(height), column: draws.integer(width) }),
    apply: ({ row, column }) => [{ kind: 'erase', top: row - half, left: column - half, height: 2 * half, width: 2 * half, value: [fill] }],
  });
}
