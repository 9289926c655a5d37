import { checkNumber } from '@downhill/core';
import { layerDraws, type ForwardDraw, type LayerDraws } from '@downhill/tfjs';
import { tidy, type serialization, type Tensor } from '@tensorflow/tfjs-core';
import { layers, type Shape } from '@tensorflow/tfjs-layers';
import { writtenName } from '../../internals/written-name.ts';
import { wrongCount } from './check-inputs.ts';

type LayerConfig = NonNullable<ConstructorParameters<typeof layers.Layer>[0]>;

/** What every stochastic layer takes, beside what all layers do (`name`, `inputShape`, ...). */
export interface StochasticConfig extends LayerConfig {
  /**
   * Tells apart layers that nothing else does: with `seedModel`, or `train` with a seed, that one and the layer's place are
   * enough. @defaultValue 0
   */
  seed?: number;
}

/**
 * A layer that draws in training and keeps still otherwise. Its numbers are keyed by the seed, its place in the model and its
 * count of training forwards: new ones at every step, the same on every backend and after a resume.
 */
export abstract class StochasticLayer extends layers.Layer {
  readonly seed: number;
  protected readonly draws: LayerDraws;

  protected constructor({ seed = 0, ...config }: StochasticConfig) {
    super(config);
    checkNumber(writtenName(this), { seed }, { integer: true });
    this.seed = seed;
    this.supportsMasking = true;
    this.draws = layerDraws(this, seed);
  }

  /** What the inputs must look like: one, of any shape. @throws DownhillError before anything is computed. */
  protected checkInputs(shapes: readonly Shape[]): void {
    if (shapes.length !== 1) throw wrongCount(this, 'one input', shapes.length);
  }

  override build(inputShape: Shape | Shape[]): void {
    this.checkInputs(Array.isArray(inputShape[0]) ? (inputShape as Shape[]) : [inputShape as Shape]);
    super.build(inputShape);
  }

  /** With what this forward draws. */
  protected abstract drawn(inputs: readonly Tensor[], draw: ForwardDraw): Tensor;

  /** Outside training. */
  protected still([x]: readonly Tensor[]): Tensor {
    return x as Tensor;
  }

  override call(inputs: Tensor | Tensor[], kwargs: { training?: boolean } = {}): Tensor {
    return tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      const draw = this.draws.next(kwargs.training === true);
      const all = [inputs].flat();
      return draw === undefined ? this.still(all) : this.drawn(all, draw);
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return (Array.isArray(inputShape[0]) ? inputShape[0] : inputShape) as Shape;
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), seed: this.seed };
  }
}
