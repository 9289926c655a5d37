import { build, checkNumber, DownhillError, isSchedule, show, type ScheduleLike } from '@downhill/core';
import { fromConfigText, layerDraws, toConfigText, type ForwardDraw, type LayerDraws } from '@downhill/tfjs';
import { tidy, type serialization, type Tensor } from '@tensorflow/tfjs-core';
import { layers, type Shape } from '@tensorflow/tfjs-layers';
import { writtenName } from '../../internals/written-name.ts';
import { checkRate } from '../randomness.ts';

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

/** A rate as a config holds it: a number, a schedule, or a schedule's JSON as text that tfjs-layers leaves alone. */
export type RateConfig = ScheduleLike | string;

/** A rate that is a number or a schedule of the layer's training forwards. @throws DownhillError `invalid-argument` */
export function rateOf(source: string, rate: RateConfig): ScheduleLike {
  const made = typeof rate === 'string' && rate.startsWith('{') ? build(fromConfigText(rate)) : rate;
  if (typeof made === 'number') checkRate(source, made);
  else if (!isSchedule(made))
    throw new DownhillError({
      code: 'invalid-argument',
      source,
      problem: `\`rate\` must be a number, at least 0 and below 1, or a schedule, got ${show(rate)}`,
      advice: 'Pass 0.5, or rampUp({ to: 0.1, steps: 1000 }).',
    });
  return made;
}

/** The rate for {@link rateOf}. */
export const rateConfig = (rate: ScheduleLike): number | string => (isSchedule(rate) ? toConfigText(rate) : rate);

export const wrongCount = (layer: layers.Layer, wanted: string, got: number): DownhillError =>
  new DownhillError({ code: 'invalid-argument', source: writtenName(layer), problem: `it takes ${wanted}, got ${got} inputs` });

/** @throws DownhillError `shape-mismatch` where inputs that are joined have different shapes. */
export function checkSameShape(layer: layers.Layer, [first, second]: readonly Shape[]): void {
  if (second === undefined || first?.join() === second.join()) return;
  throw new DownhillError({
    code: 'shape-mismatch',
    source: writtenName(layer),
    problem: `both inputs must have one shape, got [${first?.join(', ')}] and [${second.join(', ')}]`,
  });
}
