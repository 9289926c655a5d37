import { augmentation, type Augmentation } from '@downhill/core';
import type { serialization } from '@tensorflow/tfjs-core';
import { perChannel } from '../operations/colour-matrix.ts';
import { KerasImageLayer } from './image-layer.ts';
import { optionsOf, type KerasLayerConfig } from './options.ts';
import { rangeOf, type Factor, type Pair } from './range.ts';
import { inRange, LEVELS, valueRangeOf } from './value-range.ts';

/** What {@link RandomBrightness} takes. */
export interface RandomBrightnessConfig extends KerasLayerConfig {
  /** Of what is added, as a share of the range of values, from -1 (all black) to 1 (all white): [lower, upper], or f for [-f, f]. */
  factor: Factor;
  /** What values may be: others are cut off. @defaultValue [0, 255] (Keras) */
  valueRange?: readonly [low: number, high: number];
}

/** Adds a number drawn from a range to all values, which go from 0 to 1. */
const lighten = (range: Pair): Augmentation<number> =>
  augmentation<number>({
    name: 'lighten',
    config: { range },
    draw: (draws) => draws.uniform(...range),
    apply: (shift, { channels }) => [
      {
        kind: 'colour',
        matrix: perChannel(
          channels,
          () => 1,
          () => shift,
        ),
        clamp: true,
      },
    ],
  });

/**
 * Keras's layer: makes images lighter or darker in training.
 *
 *     y = clip(x + factor (high - low))
 *
 * @example
 * const layer = new RandomBrightness({ factor: 0.2 });
 * layer.getConfig().valueRange; // [0, 255]
 *
 * @throws DownhillError `invalid-argument` for a factor that is no range within [-1, 1], or a range of values that is none.
 */
export class RandomBrightness extends KerasImageLayer {
  static get className(): string {
    return 'RandomBrightness';
  }
  readonly #saved: serialization.ConfigDict;
  protected readonly operations: readonly Augmentation[];

  constructor(config: RandomBrightnessConfig) {
    const { factor, valueRange, ...layer } = optionsOf('RandomBrightness', config, { factor: undefined, valueRange: LEVELS });
    super(layer);
    const shifts = rangeOf('RandomBrightness', 'factor', factor, { min: -1, max: 1 });
    const range = valueRangeOf('RandomBrightness', valueRange);
    this.#saved = { factor: [...shifts], valueRange: [...range] };
    this.operations = inRange(range, lighten(shifts));
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), ...this.#saved };
  }
}
