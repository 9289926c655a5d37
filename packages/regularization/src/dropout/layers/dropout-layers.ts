import { checkNumber } from '@downhill/core';
import type { ForwardDraw } from '@downhill/tfjs';
import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { alphaDropout } from '../alpha-dropout.ts';
import { checkNoiseShape, checkSpatial, classicDropout, dropout, spatialDropout } from '../dropout.ts';
import { gaussianDropout, gaussianNoise } from '../gaussian.ts';
import { RateLayer, type RateLayerConfig } from './rate-layer.ts';
import { StochasticLayer, type StochasticConfig } from './stochastic-layer.ts';

type Inputs = readonly Tensor[];
const only = ([x]: Inputs): Tensor => x as Tensor;

/** What {@link Dropout} takes. */
export interface DropoutConfig extends RateLayerConfig {
  /** The mask's shape, batch included, with 1 along the axes that share their draws and null for the input's length. */
  noiseShape?: readonly (number | null)[];
}

/**
 * {@link dropout} as a layer.
 *
 * @example
 * const layer = new Dropout({ rate: 0.5 });
 * layer.getClassName(); // 'DownhillDropout'
 */
export class Dropout extends RateLayer {
  static get className(): string {
    return 'DownhillDropout';
  }
  readonly noiseShape: readonly (number | null)[] | undefined;

  constructor({ noiseShape, ...config }: DropoutConfig) {
    super(config);
    this.noiseShape = noiseShape ?? undefined; // null comes from a config without one
  }

  protected override checkInputs(shapes: readonly Shape[]): void {
    super.checkInputs(shapes);
    const [shape = []] = shapes;
    if (this.noiseShape !== undefined)
      checkNoiseShape(
        'Dropout',
        this.noiseShape.map((size, axis) => size ?? shape[axis] ?? null),
        shape,
      );
  }

  protected override drawn(inputs: Inputs, { key, forward }: ForwardDraw): Tensor {
    const x = only(inputs);
    const noiseShape = this.noiseShape?.map((size, axis) => size ?? x.shape[axis] ?? 1);
    return dropout(x, { rate: this.rateAt(forward), key, ...(noiseShape && { noiseShape }) });
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), ...(this.noiseShape && { noiseShape: [...this.noiseShape] }) };
  }
}

/**
 * {@link classicDropout} as a layer: outside training it multiplies by 1 − rate.
 *
 * @example
 * const layer = new ClassicDropout({ rate: 0.5 });
 * layer.getClassName(); // 'DownhillClassicDropout'
 */
export class ClassicDropout extends RateLayer {
  static get className(): string {
    return 'DownhillClassicDropout';
  }

  protected override drawn(inputs: Inputs, { key, forward }: ForwardDraw): Tensor {
    return classicDropout(only(inputs), { rate: this.rateAt(forward), key, training: true });
  }

  protected override still(inputs: Inputs): Tensor {
    return classicDropout(only(inputs), { rate: this.rateAt(Math.max(0, this.draws.forwards - 1)), training: false });
  }
}

/**
 * {@link spatialDropout} as a layer, for sequences and for images.
 *
 * @example
 * const layer = new SpatialDropout({ rate: 0.2 });
 * layer.getClassName(); // 'DownhillSpatialDropout'
 */
export class SpatialDropout extends RateLayer {
  static get className(): string {
    return 'DownhillSpatialDropout';
  }

  protected override checkInputs(shapes: readonly Shape[]): void {
    super.checkInputs(shapes);
    checkSpatial('SpatialDropout', shapes[0] ?? []);
  }

  protected override drawn(inputs: Inputs, { key, forward }: ForwardDraw): Tensor {
    return spatialDropout(only(inputs), { rate: this.rateAt(forward), key });
  }
}

/**
 * {@link alphaDropout} as a layer.
 *
 * @example
 * const layer = new AlphaDropout({ rate: 0.1 });
 * layer.getClassName(); // 'DownhillAlphaDropout'
 */
export class AlphaDropout extends RateLayer {
  static get className(): string {
    return 'DownhillAlphaDropout';
  }

  protected override drawn(inputs: Inputs, { key, forward }: ForwardDraw): Tensor {
    return alphaDropout(only(inputs), { rate: this.rateAt(forward), key });
  }
}

/**
 * {@link gaussianDropout} as a layer.
 *
 * @example
 * const layer = new GaussianDropout({ rate: 0.5 });
 * layer.getClassName(); // 'DownhillGaussianDropout'
 */
export class GaussianDropout extends RateLayer {
  static get className(): string {
    return 'DownhillGaussianDropout';
  }

  protected override drawn(inputs: Inputs, { key, forward }: ForwardDraw): Tensor {
    return gaussianDropout(only(inputs), { rate: this.rateAt(forward), key });
  }
}

/** What {@link GaussianNoise} takes. */
export interface GaussianNoiseConfig extends StochasticConfig {
  /** At least 0. */
  standardDeviation: number;
}

/**
 * {@link gaussianNoise} as a layer.
 *
 * @example
 * const layer = new GaussianNoise({ standardDeviation: 0.1 });
 * layer.getClassName(); // 'DownhillGaussianNoise'
 */
export class GaussianNoise extends StochasticLayer {
  static get className(): string {
    return 'DownhillGaussianNoise';
  }
  readonly standardDeviation: number;

  constructor({ standardDeviation, ...config }: GaussianNoiseConfig) {
    super(config);
    checkNumber('GaussianNoise', { standardDeviation }, { min: 0 });
    this.standardDeviation = standardDeviation;
  }

  protected override drawn(inputs: Inputs, { key }: ForwardDraw): Tensor {
    return gaussianNoise(only(inputs), { standardDeviation: this.standardDeviation, key });
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), standardDeviation: this.standardDeviation };
  }
}
