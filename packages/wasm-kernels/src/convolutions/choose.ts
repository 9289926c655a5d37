import { tileSizeFor } from '../algorithm.ts';
import type { Convolution } from '../fusion/convolution.ts';
import type { Geometry } from '../geometry.ts';
import type { Settings } from '../settings.ts';
import { gradientGeometry } from '../winograd.ts';
import { directConvolution } from './direct.ts';
import { tiledConvolution, tiledInputGradient } from './tiled.ts';

/** How a convolution and its gradients are computed: each pass by tiles where that is faster. */
export function convolutionFor(geometry: Geometry, settings: Settings): Convolution {
  const size = tileSizeFor(geometry, settings);
  const gradientSize = tileSizeFor(gradientGeometry(geometry), settings);
  return {
    ...directConvolution,
    ...(size === undefined ? {} : tiledConvolution(size)),
    ...(gradientSize === undefined ? {} : { inputGradient: tiledInputGradient(gradientSize) }),
  };
}
