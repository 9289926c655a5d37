import { augmentation, checkNumber, type Augmentation } from '@downhill/core';
import { quadrilateralMatrix, type Quadrilateral } from '../geometry/quadrilateral-matrix.ts';
import { unfitDraw } from './check-draw.ts';
import { checkOptions, RESAMPLING } from './check-options.ts';
import { resamplingOf, taken, type ResamplingOptions } from './resampling.ts';

/** Options of {@link perspective}. */
export interface PerspectiveOptions extends ResamplingOptions {
  /** How far a corner may move, as a share of half the side, from 0 to 1. @defaultValue 0.5 (torchvision) */
  distortion?: number;
  /** @defaultValue 0.5 (torchvision) */
  probability?: number;
}

/** Corners, each [x, y] from the top left one on clockwise, and where they go; null: nothing happens. */
export type PerspectiveDraw = { readonly from: Quadrilateral; readonly to: Quadrilateral } | null;

const UNIT: Quadrilateral = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];
const NOWHERE: PerspectiveDraw = { from: UNIT, to: UNIT };

const isQuadrilateral = (corners: unknown): boolean =>
  Array.isArray(corners) &&
  corners.length === 4 &&
  corners.every((corner) => Array.isArray(corner) && corner.length === 2 && corner.every(Number.isFinite));

/**
 * Moves each corner towards the middle by random amounts, and the picture with them: torchvision's `RandomPerspective`.
 *
 * @example
 * const tilt = perspective({ distortion: 0.2 });
 * tilt.name; // 'perspective'
 *
 * @throws DownhillError `invalid-argument` for a distortion or probability outside [0, 1].
 */
export function perspective(options: PerspectiveOptions = {}): Augmentation<PerspectiveDraw> {
  checkOptions('perspective', options, ['distortion', 'probability', ...RESAMPLING]);
  const { distortion = 0.5, probability = 0.5 } = options;
  checkNumber('perspective', { distortion, probability }, { min: 0, max: 1 });
  const resampling = resamplingOf('perspective', options);
  return augmentation<PerspectiveDraw>({
    name: 'perspective',
    config: { ...options },
    check(draw) {
      const { from, to } = (draw ?? NOWHERE) as NonNullable<PerspectiveDraw>;
      if (![from, to].every(isQuadrilateral) || !quadrilateralMatrix(to, from).every(Number.isFinite))
        throw unfitDraw('perspective', 'null or { from, to } with four corners [x, y] each, no three in a line', draw);
    },
    draw(draws, { height, width }) {
      if (!draws.bernoulli(probability)) return null;
      const [right, bottom] = [width - 1, height - 1];
      const x = (): number => draws.integer(Math.floor((distortion * width) / 2) + 1);
      const y = (): number => draws.integer(Math.floor((distortion * height) / 2) + 1);
      return {
        from: [
          [0, 0],
          [right, 0],
          [right, bottom],
          [0, bottom],
        ],
        to: [
          [x(), y()],
          [right - x(), y()],
          [right - x(), bottom - y()],
          [x(), bottom - y()],
        ],
      };
    },
    apply: (draw, image) => (draw === null ? [] : [taken(quadrilateralMatrix(draw.to, draw.from), image, resampling)]),
  });
}
