import { checkNumber, type Augmentation } from '@downhill/core';
import type { ForwardDraw } from '@downhill/tfjs';
import type { serialization, Tensor4D } from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { crop } from '../operations/crop.ts';
import { KerasImageLayer } from './image-layer.ts';
import { largestWindow } from './largest-window.ts';
import { optionsOf, type KerasLayerConfig } from './options.ts';

/** What {@link RandomCrop} takes. */
export interface RandomCropConfig extends KerasLayerConfig {
  /** Of what comes out, in pixels. */
  height: number;
  width: number;
}

/**
 * Keras's layer: cuts a box out of images, in training at a random place, the same one for all images of a batch. Outside training, and where
 * the images are smaller than the box, it shows the largest window in the middle that has the box's shape, brought to its size (bilinear).
 *
 * @example
 * const layer = new RandomCrop({ height: 24, width: 24 });
 * layer.computeOutputShape([null, 32, 32, 3]); // [null, 24, 24, 3]
 *
 * @throws DownhillError `invalid-argument` for a side that is no whole number from 1 on.
 */
export class RandomCrop extends KerasImageLayer {
  static get className(): string {
    return 'RandomCrop';
  }
  readonly height: number;
  readonly width: number;
  protected readonly operations: readonly Augmentation[];
  readonly #window: readonly Augmentation[];

  constructor(config: RandomCropConfig) {
    const { height, width, ...layer } = optionsOf('RandomCrop', config, { height: undefined, width: undefined });
    super(layer);
    checkNumber('RandomCrop', { height, width }, { min: 1, integer: true });
    this.height = height;
    this.width = width;
    this.operations = [crop({ size: [height, width] })];
    this.#window = [largestWindow({ height, width })];
  }

  protected override still(x: Tensor4D): Tensor4D {
    return this.augmented(x, this.#window);
  }

  protected override drawn(x: Tensor4D, draw: ForwardDraw): Tensor4D {
    const [, height, width] = x.shape;
    return height < this.height || width < this.width ? this.still(x) : super.drawn(x, draw);
  }

  protected override samplesOf(images: number): readonly number[] {
    return Array.from({ length: images }, () => 0);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [batch = null, first = null, , last = null] = inputShape as Shape;
    return this.dataFormat === 'channelsFirst' ? [batch, first, this.height, this.width] : [batch, this.height, this.width, last];
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), height: this.height, width: this.width };
  }
}
