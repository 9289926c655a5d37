import { DownhillError, show, type Augmentation } from '@downhill/core';
import { layerDraws, withGradient, type ForwardDraw, type LayerDraws } from '@downhill/tfjs';
import { cast, tidy, transpose, type serialization, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { layers, type Shape } from '@tensorflow/tfjs-layers';
import { compose } from '../pipeline/compose.ts';
import { dtypeOf, wordOf, type KerasLayerConfig } from './options.ts';

/**
 * A layer that runs operations of this package on its images in training and keeps still otherwise. What it draws is keyed by the seed, its
 * place in the model and its count of training forwards, and by the image's place in the batch.
 */
export abstract class KerasImageLayer extends layers.Layer {
  readonly seed: number | null;
  readonly dataFormat: 'channelsLast' | 'channelsFirst';
  protected abstract readonly operations: readonly Augmentation[];
  readonly #draws: LayerDraws;

  protected constructor({ seed = null, dataFormat, dtype, ...config }: KerasLayerConfig) {
    super(config);
    const source = this.getClassName();
    this.seed = seed;
    this.dataFormat = wordOf(source, 'dataFormat', dataFormat ?? 'channelsLast', ['channelsLast', 'channelsFirst']);
    this.dtype = dtypeOf(source, dtype ?? config.inputDType);
    this.#draws = layerDraws(this, seed ?? 0);
  }

  override build(inputShape: Shape | Shape[]): void {
    checkImages(this.getClassName(), inputShape);
    super.build(inputShape);
  }

  override call(inputs: Tensor | Tensor[], kwargs: { training?: boolean } = {}): Tensor {
    return tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      const x = this.#channelsLast([inputs].flat()[0] as Tensor4D);
      const draw = this.#draws.next(kwargs.training === true);
      const y = draw === undefined ? this.still(x) : this.drawn(x, draw);
      return this.dataFormat === 'channelsFirst' ? transpose(y, [0, 3, 1, 2]) : y;
    });
  }

  #channelsLast(x: Tensor4D): Tensor4D {
    checkImages(this.getClassName(), x.shape);
    const values = x.dtype === 'float32' ? x : cast(x, 'float32');
    return this.dataFormat === 'channelsFirst' ? transpose(values, [0, 2, 3, 1]) : values;
  }

  /** Outside training. */
  protected still(x: Tensor4D): Tensor4D {
    return x;
  }

  /** With what this forward draws. */
  protected drawn(x: Tensor4D, { key }: ForwardDraw): Tensor4D {
    return this.augmented(x, this.operations, key.join(' '));
  }

  /** After operations, with their gradient where one is asked for. */
  protected augmented(x: Tensor4D, operations: readonly Augmentation[], stream = 'still'): Tensor4D {
    const pipeline = compose(operations, { stream });
    const samples = this.samplesOf(x.shape[0]);
    const run = withGradient((images: Tensor) => ({
      value: pipeline.apply(images as Tensor4D, { samples }),
      saved: [images],
      gradients: (dy, [given]) => [pipeline.pullBack(dy as Tensor4D, given as Tensor4D, { samples })],
    }));
    return run(x) as Tensor4D;
  }

  /** Under which index each image draws. */
  protected samplesOf(images: number): readonly number[] {
    return Array.from({ length: images }, (_, i) => i);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return inputShape as Shape;
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), seed: this.seed, ...(this.dataFormat === 'channelsFirst' && { dataFormat: this.dataFormat }) };
  }
}

function checkImages(source: string, shape: Shape | Shape[]): void {
  if (shape.length === 4 && !Array.isArray(shape[0])) return;
  throw new DownhillError({
    code: 'shape-mismatch',
    source,
    problem: `its input must be images [batch, height, width, channels], got shape ${show(shape)}`,
  });
}
