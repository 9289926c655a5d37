import { augmentation, checkNumber, type Augmentation } from '@downhill/core';
import { exp, log } from '@downhill/core/math';
import type { Box } from '../geometry/crop-geometry.ts';
import { intervalOf } from './interval.ts';
import { checkBox } from './check-draw.ts';
import { checkOptions } from './check-options.ts';

/** Options of {@link randomErasing}. */
export interface RandomErasingOptions {
  /** @defaultValue 0.5 (Zhong et al. 2017) */
  probability?: number;
  /** Of the box's share of the image. @defaultValue [0.02, 1/3] (timm) */
  area?: readonly [low: number, high: number];
  /** Of the box's height over its width, drawn evenly on a logarithmic scale. @defaultValue [0.3, 1/0.3] (timm) */
  aspect?: readonly [low: number, high: number];
  /** @defaultValue 0 (timm's mode `const`) */
  fill?: number;
}

/** The box that is blanked; null: none. */
export type RandomErasingDraw = (Box & { readonly [key: string]: number }) | null;

const ATTEMPTS = 10;

/**
 * Blanks a box of random area, shape and place (Zhong et al. 2017, arXiv:1708.04896, algorithm 1).
 *
 * @example
 * const hide = randomErasing({ probability: 0.25 });
 * hide.name; // 'randomErasing'
 *
 * @throws DownhillError `invalid-argument` for a probability outside [0, 1], or a range that is none.
 */
export function randomErasing(options: RandomErasingOptions = {}): Augmentation<RandomErasingDraw> {
  checkOptions('randomErasing', options, ['probability', 'area', 'aspect', 'fill']);
  const { probability = 0.5, area = [0.02, 1 / 3], aspect = [0.3, 1 / 0.3], fill = 0 } = options;
  checkNumber('randomErasing', { probability }, { min: 0, max: 1 });
  checkNumber('randomErasing', { fill });
  const areas = intervalOf('randomErasing', 'area', area, { min: 0, max: 1 });
  const aspects = intervalOf('randomErasing', 'aspect', aspect, { above: 0 });
  return augmentation<RandomErasingDraw>({
    name: 'randomErasing',
    config: { ...options },
    check(draw, image) {
      if (draw !== null) checkBox('randomErasing', draw, image);
    },
    draw(draws, { height, width }) {
      if (!draws.bernoulli(probability)) return null;
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const size = erasedSize({ height, width }, draws.uniform(...areas), draws.uniform(log(aspects[0]), log(aspects[1])));
        if (size.height >= height || size.width >= width) continue;
        return { top: draws.integer(height - size.height + 1), left: draws.integer(width - size.width + 1), ...size };
      }
      return null;
    },
    apply: (box) =>
      box === null ? [] : [{ kind: 'erase', top: box.top, left: box.left, height: box.height, width: box.width, value: [fill] }],
  });
}

/** The box of a share of the image's area with an aspect, given by its logarithm. */
function erasedSize(
  image: { readonly height: number; readonly width: number },
  share: number,
  logAspect: number,
): { readonly height: number; readonly width: number } {
  const area = share * image.height * image.width;
  const aspect = exp(logAspect);
  return { height: Math.round(Math.sqrt(area * aspect)), width: Math.round(Math.sqrt(area / aspect)) };
}
