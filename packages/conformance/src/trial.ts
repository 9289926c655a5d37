import { randomStream, streamKey, type Transform } from '@downhill/core';
import { optimizer, type DownhillOptimizer, type OptimizerOptions } from '@downhill/tfjs';
import * as tf from '@tensorflow/tfjs-core';

/** Where a transform is tried. `ops` is the way of all backends that have no kernels of their own. */
export interface Place {
  readonly backend: 'cpu' | 'wasm';
  readonly execution: 'fused' | 'ops';
}

/** Parameters' shapes by name. */
export type Shapes = Readonly<Record<string, readonly number[]>>;

/** The parameters: a matrix, a vector, a filter and a single number, of odd sizes, so that vectorized loops have a rest. */
export const shapes: Shapes = {
  kernel: [5, 7],
  bias: [7],
  filter: [3, 2, 2, 3],
  scale: [],
};

export const names: readonly string[] = Object.keys(shapes);

/** Numbers by parameter. */
export type Values = Readonly<Record<string, Float32Array>>;

/** Gradients by parameter; null where the loss does not depend on it. */
export type Gradients = Readonly<Record<string, Float32Array | null>>;

export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

/** An array for each parameter, of a function of parameter and element. */
export const valuesOf = (value: (name: string, i: number) => number): Values =>
  Object.fromEntries(names.map((name) => [name, Float32Array.from({ length: sizeOf(shapes[name] ?? []) }, (_, i) => value(name, i))]));

/** Weights to start from, none of them near 0. */
export const firstWeights: Values = valuesOf((name, i) => away(0, 'weight', name, i));

/** The gradients of a step, none of them near 0, of a given size. */
export const gradientsOf = (step: number, size = 1): Values => valuesOf((name, i) => size * away(step, 'gradient', name, i));

/** Between 0.25 and 1.25, on either side of 0. */
function away(step: number, stream: string, name: string, i: number): number {
  const number = randomStream(streamKey(7, stream, name, step)).uniformAt(i);
  return number < 0.5 ? number * 2 + 0.25 : 0.75 - number * 2;
}

/** A power of two, so that a pull on the weights rounds alike in a loss and in a gradient. */
export const PULL = 0.125;

/** Whether a rule of the transform looks at the loss itself. */
export const needsLoss = ({ parts }: Transform): boolean => parts.some(({ rule }) => rule.gradients !== undefined);

/** A mask that is a function cannot be saved. */
export const isSaveable = ({ parts }: Transform): boolean => !parts.some(({ masks }) => masks.some((mask) => typeof mask === 'function'));

/** Variables of {@link shapes} and an optimizer of them. */
export class Trial {
  readonly transform: Transform;
  readonly optimizer: DownhillOptimizer;
  readonly variables: readonly tf.Variable[];

  /** @param model What the names of the variables begin with: `model/kernel`. */
  constructor(transform: Transform, options: OptimizerOptions, weights: Values = firstWeights, model = 'conformance') {
    this.transform = transform;
    this.optimizer = optimizer(transform, options);
    this.variables = names.map((name) =>
      tf.tidy(() => tf.variable(tensorOf(name, weights[name] ?? new Float32Array(0)), true, `${model}/${name}`)),
    );
  }

  variable(name: string): tf.Variable {
    const found = this.variables[names.indexOf(name)];
    if (found === undefined) throw new RangeError(`no parameter '${name}'`);
    return found;
  }

  /**
   * A step with these gradients. Where the transform looks at the loss, that is Σ g · w, whose gradient is g wherever it looks,
   * and with a `pull` Σ g · w + ½ pull · w², whose gradient tells where it looked.
   */
  step(gradients: Gradients, pull = 0): void {
    const given = names.flatMap((name) => {
      const values = gradients[name] ?? null;
      return values === null ? [] : [{ variable: this.variable(name), gradient: tensorOf(name, values) }];
    });
    try {
      this.stepWith(given, pull);
    } finally {
      tf.dispose(given.map(({ gradient }) => gradient));
    }
  }

  /** A step with gradients that stay the caller's. */
  stepWith(given: readonly Pulled[], pull = 0): void {
    if (needsLoss(this.transform)) {
      this.optimizer.minimize(() => lossOf(given, pull), false, [...this.variables]);
      return;
    }
    const none = Object.fromEntries(this.variables.map(({ name }) => [name, null as tf.Tensor | null]));
    tf.tidy(() => {
      const pulled = given.map((each) => [each.variable.name, gradientAt(each, pull, each.variable)]);
      this.optimizer.applyGradients({ ...none, ...Object.fromEntries(pulled) } as tf.NamedTensorMap);
    });
  }

  /** Steps with gradients of the usual size. */
  steps(from: number, to: number): void {
    for (let step = from; step < to; step++) this.step(gradientsOf(step), PULL);
  }

  weights(): Values {
    return Object.fromEntries(names.map((name) => [name, Float32Array.from(this.variable(name).dataSync())]));
  }

  dispose(): void {
    this.optimizer.dispose();
    for (const variable of this.variables) variable.dispose();
  }
}

interface Pulled {
  readonly variable: tf.Variable;
  readonly gradient: tf.Tensor;
}

const gradientAt = ({ gradient }: Pulled, pull: number, w: tf.Tensor): tf.Tensor =>
  pull === 0 ? gradient : tf.add(gradient, tf.mul(w, pull));

/** Σ g · w + ½ pull · w². Its gradient is written out, because tfjs-core alone knows the gradients of few operations. */
function lossOf(given: readonly Pulled[], pull: number): tf.Scalar {
  const loss = tf.customGrad((...inputs) => {
    const weights = given.map((_, i) => inputs[i] as tf.Tensor);
    const terms = given.map(({ gradient }, i) =>
      tf.sum(tf.mul(weights[i] as tf.Tensor, tf.add(gradient, tf.mul(weights[i] as tf.Tensor, pull / 2)))),
    );
    return { value: tf.addN(terms), gradFunc: () => given.map((each, i) => gradientAt(each, pull, weights[i] as tf.Tensor)) };
  });
  return loss(...given.map(({ variable }) => variable)) as tf.Scalar;
}

export const tensorOf = (name: string, values: Float32Array): tf.Tensor => tf.tensor(values, [...(shapes[name] ?? [])], 'float32');

/** Tries a transform in a place, and leaves nothing behind. */
export async function inTrial<T>(
  { backend, execution }: Place,
  transform: Transform,
  body: (trial: Trial) => T | Promise<T>,
  options: OptimizerOptions = {},
  weights: Values = firstWeights,
): Promise<T> {
  await tf.setBackend(backend);
  const trial = new Trial(transform, { execution, ...options }, weights);
  try {
    return await body(trial);
  } finally {
    trial.dispose();
  }
}

/** Where two sets of numbers first differ, in words; undefined where they agree to the last bit. */
export function firstDifference(
  got: Values,
  wanted: Values,
  within: (wanted: number, name: string) => number = () => -1,
): string | undefined {
  for (const [name, values] of Object.entries(wanted))
    for (const [i, value] of values.entries()) {
      const other = got[name]?.[i] ?? Number.NaN;
      if (!Object.is(other, value) && !(Math.abs(other - value) <= within(value, name))) return `${name}[${i}] is ${other}, not ${value}`;
    }
  return undefined;
}
