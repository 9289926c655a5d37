import { checkNumber, type Augmentation } from '@downhill/core';
import type { serialization } from '@tensorflow/tfjs-core';
import { contrast } from '../operations/contrast.ts';
import { KerasImageLayer } from './image-layer.ts';
import { optionsOf, type KerasLayerConfig } from './options.ts';
import { endsOf, type Factor } from './range.ts';
import { inRange, LEVELS, valueRangeOf } from './value-range.ts';

/** What {@link RandomContrast} takes. */
export interface RandomContrastConfig extends KerasLayerConfig {
  /** The factor of contrast is drawn from [1 - lower, 1 + upper]: [lower, upper], or f for both; lower is at most 1. */
  factor: Factor;
  /** What values may be: others are cut off. @defaultValue [0, 255] (Keras) */
  valueRange?: readonly [low: number, high: number];
}

/**
 * Keras's layer: moves the values of each channel away from, or closer to, their mean in training.
 *
 *     y = clip(mean + contrast (x - mean))
 *
 * A single number means what Keras's documentation says, [1 - f, 1 + f]; Keras 3 itself draws from [1, 1 + f], and saves that as a pair.
 *
 * @example
 * const layer = new RandomContrast({ factor: 0.3, valueRange: [0, 1] });
 * layer.getConfig().factor; // [0.3, 0.3]
 *
 * @throws DownhillError `invalid-argument` for a factor below 0, a lower one above 1, or a range of values that is none.
 */
export class RandomContrast extends KerasImageLayer {
  static get className(): string {
    return 'RandomContrast';
  }
  readonly #saved: serialization.ConfigDict;
  protected readonly operations: readonly Augmentation[];

  constructor(config: RandomContrastConfig) {
    const { factor, valueRange, ...layer } = optionsOf('RandomContrast', config, { factor: undefined, valueRange: LEVELS });
    super(layer);
    const [lower, upper] = endsOf('RandomContrast', 'factor', factor);
    const name = typeof factor === 'number' ? ['factor', 'factor'] : ['factor[0]', 'factor[1]'];
    checkNumber('RandomContrast', { [`${name[0]}`]: lower }, { min: 0, max: 1 });
    checkNumber('RandomContrast', { [`${name[1]}`]: upper }, { min: 0 });
    const range = valueRangeOf('RandomContrast', valueRange);
    this.#saved = { factor: [lower, upper], valueRange: [...range] };
    this.operations = inRange(range, contrast({ contrast: [1 - lower, 1 + upper], around: 'channels' }));
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), ...this.#saved };
  }
}
