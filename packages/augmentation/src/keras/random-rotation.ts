import type { Augmentation } from '@downhill/core';
import type { serialization } from '@tensorflow/tfjs-core';
import { rotate } from '../operations/rotate.ts';
import { KerasImageLayer } from './image-layer.ts';
import { FILL, fillingOf, type FillConfig } from './filling.ts';
import { optionsOf, type KerasLayerConfig } from './options.ts';
import { rangeOf, type Factor } from './range.ts';

/** What {@link RandomRotation} takes. */
export interface RandomRotationConfig extends KerasLayerConfig, FillConfig {
  /** Of the angle in full turns, counter-clockwise, from -1 to 1: [lower, upper], or f for [-f, f]. */
  factor: Factor;
}

/**
 * Keras's layer: turns images about their middle in training.
 *
 * @example
 * const layer = new RandomRotation({ factor: 0.1 });
 * layer.getConfig().factor; // [-0.1, 0.1]
 *
 * @throws DownhillError `invalid-argument` for a factor that is no range within [-1, 1], or filling that Keras does not have.
 */
export class RandomRotation extends KerasImageLayer {
  static get className(): string {
    return 'RandomRotation';
  }
  readonly #saved: serialization.ConfigDict;
  protected readonly operations: readonly Augmentation[];

  constructor(config: RandomRotationConfig) {
    const { factor, fillMode, interpolation, fillValue, ...layer } = optionsOf('RandomRotation', config, { factor: undefined, ...FILL });
    super(layer);
    const [lower, upper] = rangeOf('RandomRotation', 'factor', factor, { min: -1, max: 1 });
    const { saved, resampling } = fillingOf('RandomRotation', { fillMode, interpolation, fillValue });
    this.#saved = { factor: [lower, upper], ...saved };
    this.operations = [rotate({ degrees: [360 * lower, 360 * upper], ...resampling })];
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), ...this.#saved };
  }
}
