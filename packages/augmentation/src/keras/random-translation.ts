import type { Augmentation } from '@downhill/core';
import type { serialization } from '@tensorflow/tfjs-core';
import { translate } from '../operations/translate.ts';
import { KerasImageLayer } from './image-layer.ts';
import { FILL, fillingOf, type FillConfig } from './filling.ts';
import { optionsOf, type KerasLayerConfig } from './options.ts';
import { rangeOf, type Factor } from './range.ts';

/** What {@link RandomTranslation} takes. */
export interface RandomTranslationConfig extends KerasLayerConfig, FillConfig {
  /** Of the shift downwards as a share of the height, from -1 to 1: [lower, upper], or f for [-f, f]. */
  heightFactor: Factor;
  /** Of the shift to the right as a share of the width. */
  widthFactor: Factor;
}

/**
 * Keras's layer: shifts images in training.
 *
 * @example
 * const layer = new RandomTranslation({ heightFactor: 0.1, widthFactor: [0, 0.2] });
 * layer.getConfig().heightFactor; // [-0.1, 0.1]
 *
 * @throws DownhillError `invalid-argument` for a factor that is no range within [-1, 1], or filling that Keras does not have.
 */
export class RandomTranslation extends KerasImageLayer {
  static get className(): string {
    return 'RandomTranslation';
  }
  readonly #saved: serialization.ConfigDict;
  protected readonly operations: readonly Augmentation[];

  constructor(config: RandomTranslationConfig) {
    const own = { heightFactor: undefined, widthFactor: undefined, ...FILL };
    const { heightFactor, widthFactor, fillMode, interpolation, fillValue, ...layer } = optionsOf('RandomTranslation', config, own);
    super(layer);
    const y = rangeOf('RandomTranslation', 'heightFactor', heightFactor, { min: -1, max: 1 });
    const x = rangeOf('RandomTranslation', 'widthFactor', widthFactor, { min: -1, max: 1 });
    const { saved, resampling } = fillingOf('RandomTranslation', { fillMode, interpolation, fillValue });
    this.#saved = { heightFactor: [...y], widthFactor: [...x], ...saved };
    this.operations = [translate({ x, y, ...resampling })];
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), ...this.#saved };
  }
}
