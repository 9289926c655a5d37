import { serialization } from '@tensorflow/tfjs-core';
import { RandomBrightness } from './keras/random-brightness.ts';
import { RandomContrast } from './keras/random-contrast.ts';
import { RandomCrop } from './keras/random-crop.ts';
import { RandomFlip } from './keras/random-flip.ts';
import { RandomRotation } from './keras/random-rotation.ts';
import { RandomTranslation } from './keras/random-translation.ts';
import { RandomZoom } from './keras/random-zoom.ts';

export type { FillConfig } from './keras/filling.ts';
export type { KerasLayerConfig } from './keras/options.ts';
export type { Factor } from './keras/range.ts';
export { RandomBrightness, type RandomBrightnessConfig } from './keras/random-brightness.ts';
export { RandomContrast, type RandomContrastConfig } from './keras/random-contrast.ts';
export { RandomCrop, type RandomCropConfig } from './keras/random-crop.ts';
export { RandomFlip, type RandomFlipConfig } from './keras/random-flip.ts';
export { RandomRotation, type RandomRotationConfig } from './keras/random-rotation.ts';
export { RandomTranslation, type RandomTranslationConfig } from './keras/random-translation.ts';
export { RandomZoom, type RandomZoomConfig } from './keras/random-zoom.ts';

type Serializable = serialization.SerializableConstructor<serialization.Serializable>;

/**
 * Makes Keras's random image layers known to tfjs under Keras's names, so that `tf.loadLayersModel` builds models that contain them:
 * RandomBrightness, RandomContrast, RandomCrop, RandomFlip, RandomRotation, RandomTranslation and RandomZoom. `Rescaling` is not among them:
 * tfjs-layers (4.22) has it, with the numbers of Keras.
 *
 * @example
 * registerKerasLayers();
 * tf.serialization.SerializationMap.getMap().classNameMap['RandomFlip'] !== undefined; // true
 */
export function registerKerasLayers(): void {
  const classes: readonly unknown[] = [
    RandomBrightness,
    RandomContrast,
    RandomCrop,
    RandomFlip,
    RandomRotation,
    RandomTranslation,
    RandomZoom,
  ];
  for (const item of classes) serialization.registerClass(item as Serializable);
}
