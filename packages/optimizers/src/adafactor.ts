import {
  add,
  checkNumber,
  checkSchedule,
  complete,
  div,
  lerp,
  max,
  mean,
  min,
  mul,
  norm,
  rsqrt,
  size,
  sqrt,
  square,
  transform,
  zeros,
  zerosOver,
  type Expression,
  type Operand,
  type ParameterInfo,
  type ScheduleLike,
  type Slot,
  type Transform,
} from '@downhill/core';
import { pow } from '@downhill/core/math';
import { factoredAxes } from './factored-axes.ts';

/** Options of {@link adafactor}; defaults from the paper and PyTorch's `Adafactor`. */
export interface AdafactorOptions {
  /** With `relativeStep` the most that a step takes of its weights. @defaultValue 0.01 (the paper, PyTorch; Keras has 1e-3) */
  learningRate?: ScheduleLike;
  /** The rate is at most 1 / √t. @defaultValue true (the paper, PyTorch, Keras) */
  relativeStep?: boolean;
  /** The rate is a share of the weights' root mean square. @defaultValue true (the paper, PyTorch, Keras) */
  scaleParameter?: boolean;
  /** c in β₂ = 1 − t^c, at most 0. @defaultValue -0.8 (the paper, PyTorch, Keras) */
  beta2Decay?: ScheduleLike;
  /** A first moment of the steps, in [0, 1); 0 keeps none. @defaultValue 0 (the paper, PyTorch, Keras) */
  beta1?: ScheduleLike;
  /** Added to g², above 0. @defaultValue 1e-30 (the paper, Keras, timm; PyTorch puts it elsewhere) */
  epsilon1?: ScheduleLike;
  /** The least root mean square of the weights that counts, at least 0. @defaultValue 1e-3 (the paper, PyTorch, Keras) */
  epsilon2?: ScheduleLike;
  /** The most that the root mean square of an update may be, above 0. @defaultValue 1 (the paper, PyTorch, Keras) */
  clipThreshold?: ScheduleLike;
  /** Decoupled: taken from the weight, times the rate. @defaultValue 0 (PyTorch) */
  weightDecay?: ScheduleLike;
  /** Only axes longer than this are factored, at least 0. @defaultValue 0 (PyTorch, Keras; timm has 16, optax and T5 128) */
  minDimSizeToFactor?: number;
}

/** Squares of larger gradients would overflow; the update is clipped anyway. */
const MOST = 1e30;

const rootMeanSquare = (x: Expression): Expression => div(norm(x), sqrt(size()));

/**
 * Adafactor: Adam's second moment of a matrix kept as one number a row and one a column, and a rate relative to the weights.
 *
 *     β₂ = 1 − t^c        Rₜ = β₂ Rₜ₋₁ + (1 − β₂) mean_row(gₜ² + ε₁)        Cₜ alike by column        Vₜ = Rₜ Cₜ / mean(Rₜ)
 *     uₜ = gₜ / √Vₜ / max(1, RMS(gₜ / √Vₜ) / d)        αₜ = max(ε₂, RMS(wₜ₋₁)) min(η, 1 / √t)        wₜ = wₜ₋₁ − αₜ (uₜ + λ wₜ₋₁)
 *
 * Shazeer & Stern 2018, algorithms 4 to 6 (arXiv:1804.04235), λ as in timm. Vectors have a `square` of their own shape. Slots: `row`
 * and `column`, or `square`; `m` (of the steps αₜ uₜ, as in timm and optax) with `beta1`.
 *
 * @example
 * const rule = adafactor({ learningRate: 3e-4, relativeStep: false, scaleParameter: false });
 * rule.name; // 'adafactor'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function adafactor(options: AdafactorOptions = {}): Transform {
  const config = complete('adafactor', options, {
    learningRate: 0.01,
    relativeStep: true,
    scaleParameter: true,
    beta2Decay: -0.8,
    beta1: 0,
    epsilon1: 1e-30,
    epsilon2: 1e-3,
    clipThreshold: 1,
    weightDecay: 0,
    minDimSizeToFactor: 0,
  });
  const { relativeStep, scaleParameter, minDimSizeToFactor, ...numbers } = config;
  checkSchedule('adafactor', { learningRate: numbers.learningRate });
  checkSchedule('adafactor', { beta2Decay: numbers.beta2Decay }, { max: 0 });
  checkSchedule('adafactor', { beta1: numbers.beta1 }, { min: 0, below: 1 });
  checkSchedule('adafactor', { epsilon1: numbers.epsilon1, clipThreshold: numbers.clipThreshold }, { above: 0 });
  checkSchedule('adafactor', { epsilon2: numbers.epsilon2, weightDecay: numbers.weightDecay }, { min: 0 });
  checkNumber('adafactor', { minDimSizeToFactor }, { min: 0, integer: true });
  const axesOf = ({ shape }: ParameterInfo): readonly [number, number] | undefined => factoredAxes(shape, minDimSizeToFactor);
  const slotsFor = (info: ParameterInfo): Partial<Record<SlotName, Slot>> => {
    const axes = axesOf(info);
    const moment = axes === undefined ? { square: zeros } : { row: zerosOver([axes[1]]), column: zerosOver([axes[0]]) };
    return numbers.beta1 === 0 ? moment : { ...moment, m: zeros };
  };
  return transform<SlotName, 'learningRate' | 'beta2', unknown, keyof typeof numbers>({
    name: 'adafactor',
    config,
    numbers,
    slots: (info) => slotsFor(info) as Record<SlotName, Slot>,
    // Under the name of the option, so that whoever asks for the learning rate gets the one of the step.
    scalars: ({ t }, now) => ({
      learningRate: relativeStep ? Math.min(now.learningRate, 1 / Math.sqrt(t)) : now.learningRate,
      beta2: 1 - pow(t, now.beta2Decay),
    }),
    update(g, { info, parameter, slots, scalars, numbers: { beta1, epsilon1, epsilon2, clipThreshold, weightDecay } }) {
      const squared = add(min(square(g), MOST), epsilon1);
      const { direction, ...moments } = divided(g, squared, slots, scalars.beta2, axesOf(info));
      const clipped = div(direction, max(div(rootMeanSquare(direction), clipThreshold), 1));
      const rate = scaleParameter ? mul(max(rootMeanSquare(parameter), epsilon2), scalars.learningRate) : scalars.learningRate;
      const step = mul(clipped, rate);
      const m = beta1 === 0 ? step : lerp(step, slots.m, beta1);
      const update = weightDecay === 0 ? m : add(m, mul(parameter, mul(rate, weightDecay)));
      return { update, slots: beta1 === 0 ? moments : { ...moments, m } };
    },
  });
}

type SlotName = 'row' | 'column' | 'square' | 'm';

type Moments = { readonly direction: Expression } & { readonly [name in Exclude<SlotName, 'm'>]?: Expression };

/** The gradient over the root of its second moment, factored or not, and the moments as they are then. */
function divided(
  g: Expression,
  squared: Expression,
  slots: Readonly<Record<SlotName, Expression>>,
  beta2: Operand,
  axes: readonly [number, number] | undefined,
): Moments {
  if (axes === undefined) {
    const next = lerp(squared, slots.square, beta2);
    return { direction: mul(g, rsqrt(next)), square: next };
  }
  const [first, second] = axes;
  const row = lerp(mean(squared, { over: [second] }), slots.row, beta2);
  const column = lerp(mean(squared, { over: [first] }), slots.column, beta2);
  const direction = mul(mul(g, rsqrt(div(row, mean(row, { over: [first] })))), rsqrt(column));
  return { direction, row, column };
}
