import type { Augmentation } from '@downhill/core';
import type { serialization } from '@tensorflow/tfjs-core';
import { flip } from '../operations/flip.ts';
import { KerasImageLayer } from './image-layer.ts';
import { optionsOf, wordOf, type KerasLayerConfig } from './options.ts';

/** What {@link RandomFlip} takes. */
export interface RandomFlipConfig extends KerasLayerConfig {
  /** `'horizontal'` exchanges left and right. @defaultValue 'horizontalAndVertical' (Keras) */
  mode?: 'horizontal' | 'vertical' | 'horizontalAndVertical' | 'horizontal_and_vertical';
}

const MODES = ['horizontal', 'vertical', 'horizontalAndVertical'] as const;

/**
 * Keras's layer: turns images over in training, along each axis with probability ½. Both axes are decided by themselves, as in Keras 2
 * (Keras 3 turns over both or none).
 *
 * @example
 * const layer = new RandomFlip({ mode: 'horizontal' });
 * layer.getClassName(); // 'RandomFlip'
 *
 * @throws DownhillError `invalid-argument` for another mode.
 */
export class RandomFlip extends KerasImageLayer {
  static get className(): string {
    return 'RandomFlip';
  }
  readonly mode: (typeof MODES)[number];
  protected readonly operations: readonly Augmentation[];

  constructor(config: RandomFlipConfig = {}) {
    const { mode, ...layer } = optionsOf('RandomFlip', config, { mode: 'horizontalAndVertical' });
    super(layer);
    this.mode = wordOf('RandomFlip', 'mode', mode, MODES);
    const directions = (['horizontal', 'vertical'] as const).filter((direction) => this.mode === direction || this.mode === MODES[2]);
    this.operations = directions.map((direction) => flip({ direction }));
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), mode: this.mode };
  }
}
