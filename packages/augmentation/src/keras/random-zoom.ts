import type { Augmentation } from '@downhill/core';
import type { serialization } from '@tensorflow/tfjs-core';
import { zoom } from '../operations/zoom.ts';
import { KerasImageLayer } from './image-layer.ts';
import { FILL, fillingOf, type FillConfig } from './filling.ts';
import { optionsOf, type KerasLayerConfig } from './options.ts';
import { rangeOf, type Factor } from './range.ts';

/** What {@link RandomZoom} takes. */
export interface RandomZoomConfig extends KerasLayerConfig, FillConfig {
  /** Of what is seen more of the height, from -1 to 1: 0.2 zooms out by 20 %, -0.2 zooms in; [lower, upper], or f for [-f, f]. */
  heightFactor: Factor;
  /** The same of the width. @defaultValue null: what is drawn for the height (Keras) */
  widthFactor?: Factor | null;
}

/**
 * Keras's layer: zooms images about their middle in training.
 *
 * @example
 * const layer = new RandomZoom({ heightFactor: [-0.2, 0.1] });
 * layer.getConfig().widthFactor; // null
 *
 * @throws DownhillError `invalid-argument` for a factor that is no range within [-1, 1], or filling that Keras does not have.
 */
export class RandomZoom extends KerasImageLayer {
  static get className(): string {
    return 'RandomZoom';
  }
  readonly #saved: serialization.ConfigDict;
  protected readonly operations: readonly Augmentation[];

  constructor(config: RandomZoomConfig) {
    const own = { heightFactor: undefined, widthFactor: null, ...FILL };
    const { heightFactor, widthFactor, fillMode, interpolation, fillValue, ...layer } = optionsOf('RandomZoom', config, own);
    super(layer);
    const height = rangeOf('RandomZoom', 'heightFactor', heightFactor, { min: -1, max: 1 });
    const width = widthFactor === null ? null : rangeOf('RandomZoom', 'widthFactor', widthFactor, { min: -1, max: 1 });
    const { saved, resampling } = fillingOf('RandomZoom', { fillMode, interpolation, fillValue });
    this.#saved = { heightFactor: [...height], widthFactor: width && [...width], ...saved };
    this.operations = [zoom({ height, ...(width && { width }), ...resampling })];
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), ...this.#saved };
  }
}
