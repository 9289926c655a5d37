import { serialization } from '@tensorflow/tfjs-core';
import { SpectralNormalization } from './normalization/spectral-normalization-layer.ts';
import { WeightStandardization } from './normalization/weight-standardization-layer.ts';

export type { KernelWrapperConfig } from './normalization/kernel-wrapper.ts';
export { SpectralNormalization, type SpectralNormalizationConfig } from './normalization/spectral-normalization-layer.ts';
export { WeightStandardization, type WeightStandardizationConfig } from './normalization/weight-standardization-layer.ts';
export { earlyStoppingCallback, keepBestCallback } from './stopping/stopping-callback.ts';

/** Makes this package's layers, regularizers and constraints known to tfjs, so that `tf.loadLayersModel` builds them again. */
export function registerLayers(): void {
  const classes: readonly unknown[] = [SpectralNormalization, WeightStandardization];
  for (const each of classes) serialization.registerClass(each as serialization.SerializableConstructor<serialization.Serializable>);
}
