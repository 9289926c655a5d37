import { augmentation, checkNumber, type Augmentation } from '@downhill/core';
import { checkDraw, checkNumbers } from './check-draw.ts';
import { checkOptions } from './check-options.ts';
import { perChannel } from './colour-matrix.ts';

/** Options of {@link pcaLighting}. Eigenvectors are the columns of a matrix whose rows are red, green and blue. */
export interface PcaLightingOptions {
  /** The standard deviation of each amount. @defaultValue 0.1 (Krizhevsky et al. 2012) */
  deviation?: number;
  /** Of the covariance of red, green and blue, from 0 to 1. @defaultValue those of ImageNet (fb.resnet.torch) */
  eigenvalues?: readonly [number, number, number];
  /** @defaultValue those of ImageNet (fb.resnet.torch) */
  eigenvectors?: readonly [readonly number[], readonly number[], readonly number[]];
}

/** The amount of each eigenvector. */
export interface PcaLightingDraw {
  readonly alpha: readonly [number, number, number];
  readonly [key: string]: readonly number[];
}

const VALUES = [0.2175, 0.0188, 0.0045] as const;
const VECTORS = [
  [-0.5675, 0.7192, 0.4009],
  [-0.5808, -0.0045, -0.814],
  [-0.5836, -0.6948, 0.4203],
] as const;

/**
 * Adds a random mixture of the colours' principal components (Krizhevsky et al. 2012, section 4.1): to each pixel
 *
 *     [p₁ p₂ p₃] [α₁ λ₁, α₂ λ₂, α₃ λ₃]ᵀ      αᵢ ~ N(0, deviation)
 *
 * @example
 * const light = pcaLighting();
 * light.name; // 'pcaLighting'
 *
 * @throws DownhillError `invalid-argument` for a negative deviation; when it is applied, for an image that has not three channels.
 */
export function pcaLighting(options: PcaLightingOptions = {}): Augmentation<PcaLightingDraw> {
  checkOptions('pcaLighting', options, ['deviation', 'eigenvalues', 'eigenvectors']);
  const { deviation = 0.1, eigenvalues = VALUES, eigenvectors = VECTORS } = options;
  checkNumber('pcaLighting', { deviation }, { min: 0 });
  checkNumbers('pcaLighting', 'eigenvalues', eigenvalues, 3);
  for (const [row, values] of eigenvectors.entries()) checkNumbers('pcaLighting', `eigenvectors[${row}]`, values, 3);
  return augmentation<PcaLightingDraw>({
    name: 'pcaLighting',
    config: { ...options },
    channels: 3,
    leavesRange: true,
    check(draw) {
      checkDraw('pcaLighting', draw, {});
      checkNumbers('pcaLighting', 'draw.alpha', (draw as PcaLightingDraw).alpha, 3);
    },
    draw: (draws) => ({ alpha: [deviation * draws.normal(), deviation * draws.normal(), deviation * draws.normal()] }),
    apply({ alpha }) {
      const shift = (channel: number): number =>
        alpha.reduce((sum, amount, i) => sum + amount * (eigenvalues[i] ?? 0) * (eigenvectors[channel]?.[i] ?? 0), 0);
      return [{ kind: 'colour', matrix: perChannel(3, () => 1, shift), clamp: false }];
    },
  });
}
