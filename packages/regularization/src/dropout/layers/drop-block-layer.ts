import { checkNumber } from '@downhill/core';
import type { ForwardDraw } from '@downhill/tfjs';
import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { checkBlockFits, dropBlock } from '../drop-block.ts';
import { RateLayer, type RateLayerConfig } from './rate-layer.ts';

/** What {@link DropBlock} takes. */
export interface DropBlockConfig extends RateLayerConfig {
  /** The length of a square block's side, from 1 to that of the map. */
  blockSize: number;
}

/**
 * {@link dropBlock} as a layer. For the paper's schedule pass `rate: rampUp({ to, steps })`.
 *
 * @example
 * const layer = new DropBlock({ rate: rampUp({ to: 0.1, steps: 1000 }), blockSize: 7 });
 * layer.getClassName(); // 'DownhillDropBlock'
 */
export class DropBlock extends RateLayer {
  static get className(): string {
    return 'DownhillDropBlock';
  }
  readonly blockSize: number;

  constructor({ blockSize, ...config }: DropBlockConfig) {
    super(config);
    checkNumber('DropBlock', { blockSize }, { min: 1, integer: true });
    this.blockSize = blockSize;
  }

  protected override checkInputs(shapes: readonly Shape[]): void {
    super.checkInputs(shapes);
    checkBlockFits('DropBlock', shapes[0] ?? [], this.blockSize);
  }

  protected override drawn([x]: readonly Tensor[], { key, forward }: ForwardDraw): Tensor {
    return dropBlock(x as Tensor, { rate: this.rateAt(forward), blockSize: this.blockSize, key });
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), blockSize: this.blockSize };
  }
}
