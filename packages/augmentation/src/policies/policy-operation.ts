import type { Effect, ImageSize } from '@downhill/core';
import { about, rotation, translation } from '../geometry/matrix.ts';
import { perChannel, towardsGray } from '../operations/colour-matrix.ts';
import { taken, type Resampling } from '../operations/resampling.ts';
import type { OperationName } from './space.ts';

/** An operation of a policy with its magnitude, the sign included. */
export interface PolicyDraw {
  readonly operation: OperationName;
  readonly magnitude: number;
  readonly [key: string]: string | number;
}

/**
 * What an operation does at a magnitude, as torchvision's `_apply_op` has it: shears (a slope) about the top left corner, translations in
 * whole pixels, degrees counter-clockwise, factors of 1 + magnitude, bits, thresholds of 0 to 255.
 */
export function policyEffects({ operation, magnitude }: PolicyDraw, image: ImageSize, resampling: Resampling): readonly Effect[] {
  const shifted = (x: number, y: number): Effect => taken(translation(-Math.trunc(x), -Math.trunc(y)), image, resampling);
  const sheared = (x: number, y: number): Effect => taken([1, x, 0, y, 1, 0, 0, 0, 1], image, resampling);
  const factor = 1 + magnitude;
  switch (operation) {
    case 'Identity':
      return [];
    case 'ShearX':
      return [sheared(magnitude, 0)];
    case 'ShearY':
      return [sheared(0, magnitude)];
    case 'TranslateX':
      return [shifted(magnitude, 0)];
    case 'TranslateY':
      return [shifted(0, magnitude)];
    case 'Rotate':
      return [taken(about(image.width / 2, image.height / 2, rotation(magnitude)), image, resampling)];
    case 'Brightness':
      return [{ kind: 'colour', matrix: scaled(image.channels, factor), clamp: true }];
    case 'Color':
      return image.channels === 3 ? [towardsGray(factor)] : [];
    case 'Contrast':
      return [{ kind: 'neighbourhood', name: 'contrast', factor }];
    case 'Sharpness':
      return [{ kind: 'neighbourhood', name: 'sharpness', factor }];
    case 'Posterize':
      return [{ kind: 'pointwise', name: 'posterize', bits: Math.trunc(magnitude) }];
    case 'Solarize':
      return [{ kind: 'pointwise', name: 'solarize', threshold: magnitude / 255 }];
    case 'AutoContrast':
      return [{ kind: 'neighbourhood', name: 'autocontrast' }];
    case 'Equalize':
      return [{ kind: 'neighbourhood', name: 'equalize' }];
    default:
      return [{ kind: 'colour', matrix: negative(image.channels), clamp: false }];
  }
}

const scaled = (channels: number, factor: number): readonly number[] =>
  perChannel(
    channels,
    () => factor,
    () => 0,
  );

const negative = (channels: number): readonly number[] =>
  perChannel(
    channels,
    () => -1,
    () => 1,
  );
