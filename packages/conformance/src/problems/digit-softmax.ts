import { exp, log } from '@downhill/core/math';
import { sizeOf, type Shapes, type Values } from '../trial.ts';
import { digits, PIXELS } from './digits.ts';
import { uniform, type Evaluated, type Problem } from './problem.ts';

const CLASSES = 10;
const HALF = PIXELS / 2;
/** Brings the largest curvature to about 1. */
const CONTRAST = 1 / 3;

/** The parameters of softmax regression under the usual names: the upper half of a digit meets `kernel`, the lower half `filter`. */
const digitShapes: Shapes = { kernel: [HALF, CLASSES], bias: [CLASSES], filter: [7, 14, 1, CLASSES], scale: [] };

/** The digits as softmax regression sees them. */
function digitData(): { readonly images: Float32Array; readonly labels: readonly number[] } {
  const { images, labels } = digits();
  return { images: images.map((pixel) => pixel * CONTRAST), labels };
}

/** The weights that softmax regression starts from. */
function digitStart(): Values {
  const small = uniform('digits');
  const about0 = (shape: readonly number[] = []): Float32Array => Float32Array.from({ length: sizeOf(shape) }, (_, i) => 0.1 * small(i));
  const { kernel, bias, filter } = digitShapes;
  return { kernel: about0(kernel), bias: about0(bias), filter: about0(filter), scale: Float32Array.of(1) };
}

/** A pixel that is not black, and where its weights begin among those of all pixels. */
interface Lit {
  readonly pixel: number;
  readonly at: number;
}

/** Cross-entropy of softmax(scale · (x · [kernel; filter]) + bias), 25 digits a step. */
export function digitSoftmax(): Problem {
  const { images, labels } = digitData();
  const batch = 25;
  const rows = labels.map((label, row) => {
    const pixels = [...images.subarray(row * PIXELS, (row + 1) * PIXELS)];
    return { label, lit: pixels.map((pixel, i) => ({ pixel, at: i * CLASSES })).filter(({ pixel }) => pixel > 0) };
  });

  const run = ({ kernel = none, bias = none, filter = none, scale: [scale = 1] = none }: Values, of: typeof rows): Evaluated => {
    const weights = new Float64Array(PIXELS * CLASSES);
    weights.set(kernel);
    weights.set(filter, kernel.length);
    const [gradient, biasGradient] = [new Float64Array(weights.length), new Float64Array(CLASSES)];
    let [loss, scaleGradient] = [0, 0];
    for (const { label, lit } of of) {
      const sums = sumsOf(weights, lit);
      const { errors, surprise } = judged(
        sums.map((sum, k) => scale * sum + (bias[k] ?? 0)),
        label,
      );
      loss += surprise / of.length;
      errors.forEach((error, k) => {
        biasGradient[k] = (biasGradient[k] ?? 0) + error / of.length;
        scaleGradient += ((sums[k] ?? 0) * error) / of.length;
      });
      for (const { pixel, at } of lit)
        for (let k = 0; k < CLASSES; k += 1) gradient[at + k] = (gradient[at + k] ?? 0) + (pixel * scale * (errors[k] ?? 0)) / of.length;
    }
    const gradients = {
      kernel: Float32Array.from(gradient.subarray(0, kernel.length)),
      bias: Float32Array.from(biasGradient),
      filter: Float32Array.from(gradient.subarray(kernel.length)),
      scale: Float32Array.of(scaleGradient),
    };
    return { loss, gradients };
  };

  return {
    title: 'learns real digits by softmax regression',
    steps: 120,
    share: 0.5,
    shapes: digitShapes,
    start: digitStart(),
    evaluate(weights, step) {
      const from = (step * batch) % rows.length;
      return run(weights, rows.slice(from, from + batch));
    },
    excess: (weights) => run(weights, rows).loss,
  };
}

const none = new Float32Array();

function sumsOf(weights: Float64Array, lit: readonly Lit[]): Float64Array {
  const sums = new Float64Array(CLASSES);
  for (const { pixel, at } of lit) for (let k = 0; k < CLASSES; k += 1) sums[k] = (sums[k] ?? 0) + pixel * (weights[at + k] ?? 0);
  return sums;
}

/** −ln of the chance that softmax gives a label, and its gradient by the logits. */
function judged(logits: Float64Array, label: number): { readonly surprise: number; readonly errors: Float64Array } {
  const top = Math.max(...logits);
  const powers = logits.map((logit) => exp(logit - top));
  const total = powers.reduce((sum, power) => sum + power, 0);
  const errors = powers.map((power, k) => power / total - (k === label ? 1 : 0));
  return { surprise: log(total) + top - (logits[label] ?? 0), errors };
}
