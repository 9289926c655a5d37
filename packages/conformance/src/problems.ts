import { randomStream, streamKey, type SmallProblem } from '@downhill/core';
import { digits, PIXELS } from './digits.ts';
import { shapes as usualShapes, sizeOf, type Shapes, type Values } from './trial.ts';

/** A loss to bring down. It is computed in float64, without tfjs, so that all rules meet the same numbers. */
export interface Problem {
  /** The title of its check. */
  readonly title: string;
  readonly shapes: Shapes;
  readonly start: Values;
  /** How many steps are taken. */
  readonly steps: number;
  /** The loss of the batch of a step, and its gradient. */
  evaluate(weights: Values, step: number): Evaluated;
  /** What is left of the loss: 0 at the minimum. */
  excess(weights: Values): number;
  /** Which share of the first excess may be left in the end. */
  readonly share: number;
}

export interface Evaluated {
  readonly loss: number;
  readonly gradients: Values;
}

const sizes = Object.entries(usualShapes).map(([name, shape]) => ({ name, size: sizeOf(shape) }));
const COUNT = sizes.reduce((sum, { size }) => sum + size, 0);

/** The parameters as one list of numbers. */
function flat(weights: Values): Float64Array {
  const all = new Float64Array(COUNT);
  let at = 0;
  for (const { name, size } of sizes) {
    all.set(weights[name] ?? [], at);
    at += size;
  }
  return all;
}

/** A list of numbers as the parameters. */
function folded(numbers: ArrayLike<number>): Values {
  let at = 0;
  return Object.fromEntries(sizes.map(({ name, size }) => [name, Float32Array.from({ length: size }, () => numbers[at++] ?? 0)]));
}

/** A problem on the parameters as one list of numbers, that has no batches. */
function onNumbers({
  lossOf,
  start,
  ...rest
}: Pick<Problem, 'title' | 'steps' | 'share'> & {
  /** The loss; its gradient is written where it is told. */
  readonly lossOf: (w: Float64Array, gradient: Float64Array) => number;
  readonly start: (i: number) => number;
}): Problem {
  const evaluate = (weights: Values): Evaluated => {
    const gradient = new Float64Array(COUNT);
    return { loss: lossOf(flat(weights), gradient), gradients: folded(gradient) };
  };
  return {
    ...rest,
    shapes: usualShapes,
    start: folded(Array.from({ length: COUNT }, (_, i) => start(i))),
    evaluate,
    excess: (weights) => evaluate(weights).loss,
  };
}

/** Numbers about 0, the same at each call. */
const uniform = (stream: string): ((i: number) => number) => {
  const numbers = randomStream(streamKey(11, 'conformance', stream));
  return (i) => numbers.uniformAt(i) * 2 - 1;
};

/** ½ Σ λᵢ dᵢ² with λ from 1 down to 10⁻³, where d is the way to the minimum in axes that lie across those of the weights, two by two. */
function quadratic(): Problem {
  const [minimum, start] = [uniform('minimum'), uniform('start')];
  const eigenvalue = (i: number): number => 1 / 1000 ** (i / (COUNT - 1));
  return onNumbers({
    title: 'comes down a convex quadratic with a condition number of 1000',
    steps: 200,
    share: 0.03,
    start: (i) => minimum(i) + (start(i) < 0 ? -3 : 3) * (1 + start(i) / 4),
    lossOf(w, gradient) {
      let loss = 0;
      for (let i = 0; i < COUNT; i += 2) {
        const [a, b] = [w[i]! - minimum(i), i + 1 < COUNT ? w[i + 1]! - minimum(i + 1) : 0];
        const [along, across] = [0.8 * a - 0.6 * b, 0.6 * a + 0.8 * b];
        const [first, second] = [eigenvalue(i) * along, eigenvalue(i + 1) * across];
        loss += (first * along + second * across) / 2;
        gradient[i] = 0.8 * first + 0.6 * second;
        if (i + 1 < COUNT) gradient[i + 1] = 0.8 * second - 0.6 * first;
      }
      return loss;
    },
  });
}

/** Σ ((1 − x)² + 100 (y − x²)²) / 1000 over pairs of weights, from about (−1.2, 1): Rosenbrock 1960. */
function rosenbrock(): Problem {
  const noise = uniform('rosenbrock');
  return onNumbers({
    title: 'goes along the Rosenbrock valley',
    steps: 500,
    share: 0.125,
    start: (i) => (i % 2 === 0 ? -1.2 : 1) + 0.1 * noise(i),
    lossOf(w, gradient) {
      let loss = 0;
      for (let i = 0; i < COUNT; i += 2) {
        const x = w[i]!;
        const y = i + 1 < COUNT ? w[i + 1]! : x * x;
        const height = y - x * x;
        loss += ((1 - x) ** 2 + 100 * height ** 2) / 1000;
        gradient[i] = (-2 * (1 - x) - 400 * x * height) / 1000;
        if (i + 1 < COUNT) gradient[i + 1] = (200 * height) / 1000;
      }
      return loss;
    },
  });
}

/** Σ ½ (½ x² − ½ y² + ¼ y⁴ + ¼) over pairs of weights, from near the ridge on which a saddle draws x and lets go of y: minima at y = ±1. */
function saddle(): Problem {
  const noise = uniform('saddle');
  return onNumbers({
    title: 'leaves a saddle',
    steps: 150,
    share: 0.05,
    start: (i) => (i % 2 === 0 ? 1 : Math.sign(noise(i)) * 0.05) * (1 + 0.2 * noise(i)),
    lossOf(w, gradient) {
      let loss = 0;
      for (let i = 0; i < COUNT; i += 1) {
        const value = w[i]!;
        loss += i % 2 === 0 ? value ** 2 / 4 : (1 - value ** 2) ** 2 / 8;
        gradient[i] = i % 2 === 0 ? value / 2 : (value ** 3 - value) / 2;
      }
      return loss;
    },
  });
}

/** ½ (x · w − y)² over 512 examples with y = x · w* + ½ ε; each step sees 32 of them. */
function noisyRegression(): Problem {
  const [examples, batch] = [512, 32];
  const numbers = randomStream(streamKey(11, 'conformance', 'regression'));
  const truth = uniform('truth');
  const x = Float64Array.from({ length: examples * COUNT }, (_, i) => numbers.normalAt(i));
  const y = Float64Array.from({ length: examples }, (_, row) => {
    let value = 0.5 * numbers.normalAt(x.length + row);
    for (let i = 0; i < COUNT; i += 1) value += x[row * COUNT + i]! * truth(i);
    return value;
  });
  /** Of `count` examples from `first` on; the gradient is added to what is given. */
  const mean = (w: Float64Array, first: number, count: number, gradient?: Float64Array): number => {
    let loss = 0;
    for (let row = first; row < first + count; row += 1) {
      let error = -y[row]!;
      for (let i = 0; i < COUNT; i += 1) error += x[row * COUNT + i]! * w[i]!;
      loss += error ** 2 / 2 / count;
      if (gradient !== undefined) for (let i = 0; i < COUNT; i += 1) gradient[i]! += (error * x[row * COUNT + i]!) / count;
    }
    return loss;
  };
  const least = mean(
    Float64Array.from({ length: COUNT }, (_, i) => truth(i)),
    0,
    examples,
  );
  return {
    title: 'fits a noisy regression',
    steps: 300,
    share: 0.05,
    shapes: usualShapes,
    start: folded(Array.from({ length: COUNT }, (_, i) => truth(i) + (truth(i) < 0 ? 2 : -2))),
    evaluate(weights, step) {
      const gradient = new Float64Array(COUNT);
      const loss = mean(flat(weights), (step * batch) % examples, batch, gradient);
      return { loss, gradients: folded(gradient) };
    },
    excess: (weights) => Math.max(mean(flat(weights), 0, examples) - least, 0),
  };
}

const CLASSES = 10;
const HALF = PIXELS / 2;
/** Brings the largest curvature to about 1. */
const CONTRAST = 1 / 3;

/** The parameters of softmax regression under the usual names: the upper half of a digit meets `kernel`, the lower half `filter`. */
export const digitShapes: Shapes = { kernel: [HALF, CLASSES], bias: [CLASSES], filter: [7, 14, 1, CLASSES], scale: [] };

/** The digits as softmax regression sees them. */
export function digitData(): { readonly images: Float32Array; readonly labels: readonly number[] } {
  const { images, labels } = digits();
  return { images: images.map((pixel) => pixel * CONTRAST), labels };
}

/** The weights that softmax regression starts from. */
export function digitStart(): Values {
  const small = uniform('digits');
  const about0 = (name: string): Float32Array => Float32Array.from({ length: sizeOf(digitShapes[name] ?? []) }, (_, i) => 0.1 * small(i));
  return { kernel: about0('kernel'), bias: about0('bias'), filter: about0('filter'), scale: Float32Array.of(1) };
}

/** Cross-entropy of softmax(scale · (x · [kernel; filter]) + bias), 25 digits a step. */
function onDigits(): Problem {
  const { images, labels } = digitData();
  const batch = 25;
  const run = (weights: Values, first: number, count: number): Evaluated => {
    const [kernel, filter] = [weights['kernel']!, weights['filter']!];
    const bias = weights['bias']!;
    const scale = weights['scale']![0]!;
    const gradients = { kernel: new Float32Array(kernel.length), bias: new Float32Array(CLASSES), filter: new Float32Array(filter.length) };
    let [loss, scaleGradient] = [0, 0];
    for (let row = first; row < first + count; row += 1) {
      const sums = new Float64Array(CLASSES);
      for (let i = 0; i < PIXELS; i += 1) {
        const pixel = images[row * PIXELS + i]!;
        if (pixel === 0) continue;
        const [half, at] = i < HALF ? [kernel, i * CLASSES] : [filter, (i - HALF) * CLASSES];
        for (let k = 0; k < CLASSES; k += 1) sums[k]! += pixel * half[at + k]!;
      }
      const logits = sums.map((sum, k) => scale * sum + bias[k]!);
      const top = Math.max(...logits);
      const powers = logits.map((logit) => Math.exp(logit - top));
      const total = powers.reduce((sum, power) => sum + power, 0);
      const label = labels[row]!;
      loss += (Math.log(total) + top - logits[label]!) / count;
      const errors = powers.map((power, k) => (power / total - (k === label ? 1 : 0)) / count);
      errors.forEach((error, k) => {
        gradients.bias[k]! += error;
        scaleGradient += error * sums[k]!;
      });
      for (let i = 0; i < PIXELS; i += 1) {
        const pixel = images[row * PIXELS + i]! * scale;
        if (pixel === 0) continue;
        const [half, at] = i < HALF ? [gradients.kernel, i * CLASSES] : [gradients.filter, (i - HALF) * CLASSES];
        for (let k = 0; k < CLASSES; k += 1) half[at + k]! += pixel * errors[k]!;
      }
    }
    return { loss, gradients: { ...gradients, scale: Float32Array.of(scaleGradient) } };
  };
  return {
    title: 'learns real digits by softmax regression',
    steps: 120,
    share: 0.5,
    shapes: digitShapes,
    start: digitStart(),
    evaluate: (weights, step) => run(weights, (step * batch) % labels.length, batch),
    excess: (weights) => run(weights, 0, labels.length).loss,
  };
}

/** The problems by the names under which a rule declares that it cannot solve them. */
export const problems: Readonly<Record<SmallProblem, () => Problem>> = { quadratic, rosenbrock, saddle, noisyRegression, digits: onDigits };
