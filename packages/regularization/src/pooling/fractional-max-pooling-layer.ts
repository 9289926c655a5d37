import { DownhillError, streamKey } from '@downhill/core';
import type { ForwardDraw } from '@downhill/tfjs';
import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { StochasticLayer, type StochasticConfig } from '../dropout/layers/stochastic-layer.ts';
import { checkPooling, fractionalMaxPool, pooledLength, type FractionalPooling } from './fractional-max-pool.ts';
import { checkKernelFits } from './regions.ts';

/** What {@link FractionalMaxPooling2D} takes. */
export interface FractionalMaxPooling2DConfig extends StochasticConfig, FractionalPooling {}

/**
 * {@link fractionalMaxPool} as a layer of images `[batch, height, width, channels]`.
 *
 * New regions at each training forward; outside training always the same ones, decided by the seed, so that a prediction can be repeated.
 * Graham 2014 averages predictions over several draws: Monte-Carlo dropout's functions do so, as they keep this layer on too.
 *
 * @example
 * const layer = new FractionalMaxPooling2D({ ratio: [1.5, 1.25] });
 * layer.computeOutputShape([null, 12, 10, 3]); // [null, 8, 8, 3]
 *
 * @throws DownhillError as {@link fractionalMaxPool}.
 */
export class FractionalMaxPooling2D extends StochasticLayer {
  static get className(): string {
    return 'DownhillFractionalMaxPooling2D';
  }
  private readonly pooling: ReturnType<typeof checkPooling>;

  constructor({ ratio, regions, overlapping, kernel, ...config }: FractionalMaxPooling2DConfig) {
    super(config);
    this.pooling = checkPooling('FractionalMaxPooling2D', {
      ratio,
      ...(regions === undefined ? {} : { regions }),
      ...(overlapping === undefined ? {} : { overlapping }),
      ...(kernel === undefined ? {} : { kernel }),
    });
  }

  protected override checkInputs(shapes: readonly Shape[]): void {
    super.checkInputs(shapes);
    const [shape = []] = shapes;
    const pooled = this.computeOutputShape(shape);
    for (const axis of [1, 2] as const) {
      const [input, output] = [shape[axis], pooled[axis]];
      if (this.pooling.regions === 'sampled' && typeof input === 'number' && typeof output === 'number')
        checkKernelFits('FractionalMaxPooling2D', { input, output }, this.pooling.kernel[axis - 1] ?? 1);
    }
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [batch, height, width, channels] = inputShape as Shape;
    if (inputShape.length !== 4)
      throw new DownhillError({
        code: 'shape-mismatch',
        source: 'FractionalMaxPooling2D',
        problem: `its input must be images [batch, height, width, channels], got shape [${inputShape.join(', ')}]`,
      });
    const pooled = (length: number | null | undefined, ratio: number): number | null =>
      typeof length === 'number' ? pooledLength('FractionalMaxPooling2D', length, ratio) : null;
    return [batch ?? null, pooled(height, this.pooling.ratio[0]), pooled(width, this.pooling.ratio[1]), channels ?? null];
  }

  protected override drawn([x]: readonly Tensor[], { key }: ForwardDraw): Tensor {
    return fractionalMaxPool(x as Tensor, { ...this.pooling, key });
  }

  protected override still([x]: readonly Tensor[]): Tensor {
    return fractionalMaxPool(x as Tensor, { ...this.pooling, key: streamKey(this.seed, 'fractional max pooling') });
  }

  override getConfig(): serialization.ConfigDict {
    const { ratio, regions, overlapping, kernel } = this.pooling;
    return { ...super.getConfig(), ratio: [...ratio], regions, overlapping, kernel: [...kernel] };
  }
}
