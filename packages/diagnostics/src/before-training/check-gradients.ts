import { checkNumber, complete, randomStream, streamKey } from '@downhill/core';
import { add, tensor, tidy, type Scalar } from '@tensorflow/tfjs-core';
import { gradientsOf, readGradients } from '../differentiation/gradients.ts';
import { checkLossOfWeights, type LossOfWeights } from '../differentiation/loss-of-weights.ts';
import { withWeights } from '../differentiation/moved-weights.ts';
import type { Check, Verdict } from './check.ts';
import { shortNumber } from './check-text.ts';
import { derivatives, type Derivative } from './derivatives.ts';
import { median } from './expected-initial-loss.ts';

/** Options of {@link checkGradients}. */
export interface CheckGradientsOptions {
  /** How many weights of each tensor are looked at: that with the largest gradient, and others drawn at random. @defaultValue 10 */
  readonly samples?: number;
  /** The largest relative error |a − n| / (|a| + |n|), beyond rounding, that passes. @defaultValue 1e-3 */
  readonly tolerance?: number;
  /** The step tried first, relative to max(|w|, 1). It is quartered where the loss bends too much. @defaultValue 0.05 */
  readonly step?: number;
  /** Of the weights that are drawn. @defaultValue 0 */
  readonly seed?: number;
}

/** What was found of one tensor. */
export interface TensorGradients {
  readonly name: string;
  readonly shape: readonly number[];
  readonly verdict: 'pass' | 'fail' | 'kink';
  readonly derivatives: readonly Derivative[];
  readonly maxRelativeError: number;
  readonly medianRelativeError: number;
  /** The flat index of the weight that is furthest off, kinks aside where there are others. */
  readonly worstIndex: number;
}

export interface GradientCheck extends Check {
  readonly tensors: readonly TensorGradients[];
}

/**
 * Checks the gradient of any loss, model or layer of your own against finite differences, a table per tensor.
 *
 * Losses are float32, so the step is large and two of them are extrapolated (Richardson); what rounding may have done is measured and forgiven. Weights near
 * a kink of a ReLU or an absolute value are marked: differences say nothing there. Behind ReLUs each example of the batch
 * brings kinks, and a mistake smaller than what they do is marked as one, too: a small batch tells more. The weights are put back, bit for bit.
 *
 * Cost: one pass forward and back, and 4 to 16 passes forward for each weight looked at.
 *
 * @example
 * const w = tf.variable(tf.tensor1d([1, 2]));
 * const of = { kind: 'loss of weights', weights: [{ key: 'w', variable: w }], loss: () => tf.tidy(() => tf.sum(tf.square(w))) };
 * const { verdict, tensors } = await checkGradients(of);
 * [verdict, tensors[0].verdict]; // ['ok', 'pass']
 *
 * @throws DownhillError `invalid-argument` for options out of range.
 */
export async function checkGradients(of: LossOfWeights, options: CheckGradientsOptions = {}): Promise<GradientCheck> {
  const source = 'checkGradients';
  checkLossOfWeights(source, of);
  const { samples, tolerance, step, seed } = complete(source, options, { samples: 10, tolerance: 1e-3, step: 0.05, seed: 0 });
  checkNumber(source, { samples }, { min: 1, integer: true });
  checkNumber(source, { tolerance, step }, { above: 0 });
  checkNumber(source, { seed }, { integer: true });
  const { gradient } = await readGradients(gradientsOf(of));
  const tensors: TensorGradients[] = [];
  let from = 0;
  for (const [place, { key, variable }] of of.weights.entries()) {
    const own = gradient.subarray(from, (from += variable.size));
    const indices = chosen(own, samples, seed, place);
    const values = (await variable.data()).slice() as Float32Array;
    const found = await derivatives({
      indices,
      analytic: indices.map((index) => own[index] ?? 0),
      valueAt: (index, delta) => lossWithMoved(of, place, index, delta),
      stepOf: (index) => step * Math.max(Math.abs(values[index] ?? 0), 1),
      refinements: 3,
      difference: 'richardson',
      tolerance,
      precision: 2 ** -24,
    });
    tensors.push(summarized(key, variable.shape, found));
  }
  return { ...judged(tensors, tolerance), tensors };
}

/** That with the largest gradient, and others at random, in rising order. */
function chosen(gradient: Float64Array, samples: number, seed: number, place: number): number[] {
  if (gradient.length <= samples) return [...gradient.keys()];
  const largest = gradient.reduce((best, value, i) => (Math.abs(value) > Math.abs(gradient[best] ?? 0) ? i : best), 0);
  const random = randomStream(streamKey(seed, 'gradient check', place));
  const picked = new Set([largest]);
  for (let i = 0; picked.size < samples; i++) picked.add(random.integerBelow(i, gradient.length));
  return [...picked].sort((a, b) => a - b);
}

/** The loss with one weight moved. */
async function lossWithMoved(of: LossOfWeights, place: number, index: number, delta: number): Promise<number> {
  const moved = of.weights[place];
  if (moved === undefined) return Number.NaN;
  const { shape, size } = moved.variable;
  const push = Float32Array.from({ length: size }, (_, i) => (i === index ? delta : 0));
  const one = { ...of, weights: [moved] };
  const scalar = withWeights(one, () => [tidy(() => add(moved.variable, tensor(push, shape)))], () => tidy<Scalar>(of.loss)); // prettier-ignore
  try {
    return (await scalar.data())[0] ?? Number.NaN;
  } finally {
    scalar.dispose();
  }
}

/** @internal What the derivatives of one tensor amount to. */
export function summarized(name: string, shape: readonly number[], found: readonly Derivative[]): TensorGradients {
  const errors = found.map(({ relativeError }) => relativeError);
  const smooth = found.filter(({ verdict }) => verdict !== 'kink');
  const worst = (smooth.length > 0 ? smooth : found).reduce<Derivative | undefined>(
    (most, one) => (most === undefined || one.relativeError > most.relativeError ? one : most),
    undefined,
  );
  const has = (verdict: Derivative['verdict']): boolean => found.some((one) => one.verdict === verdict);
  return {
    name,
    shape,
    verdict: has('fail') ? 'fail' : has('kink') ? 'kink' : 'pass',
    derivatives: found,
    maxRelativeError: Math.max(0, ...errors),
    medianRelativeError: errors.length === 0 ? 0 : median(errors),
    worstIndex: worst?.index ?? 0,
  };
}

function judged(tensors: readonly TensorGradients[], tolerance: number): Check {
  const wrong = tensors.filter(({ verdict }) => verdict === 'fail');
  const kinked = tensors.flatMap(({ derivatives: all }) => all.filter(({ verdict }) => verdict === 'kink')).length;
  const checked = tensors.reduce((sum, { derivatives: all }) => sum + all.length, 0);
  const verdict: Verdict = wrong.length > 0 ? 'failed' : kinked > checked / 2 ? 'warning' : 'ok';
  const [first] = wrong;
  return {
    kind: 'check',
    name: 'gradients',
    verdict,
    summary:
      first === undefined
        ? `the gradients of ${checked} weights in ${tensors.length} tensors agree with differences, ${kinked} of them near a kink.`
        : `the gradient of ${wrong.map(({ name }) => name).join(', ')} is not what differences of the loss say; ${first.name} is furthest off at flat index ${first.worstIndex}.`,
    numbers: { checked, kinked, wrong: wrong.length, tolerance, maxRelativeError: Math.max(...tensors.map((one) => one.maxRelativeError)) },
    advice:
      verdict === 'failed'
        ? 'Look at the gradient function of the layer or loss that this tensor belongs to; a factor that is the same everywhere is a forgotten mean or sum.'
        : verdict === 'warning'
          ? 'Most weights sit at kinks: check at other weights, or with a smooth activation in place of the ReLU.'
          : 'Go on.',
    meaning: 'A wrong gradient trains, but to something worse and more slowly, and says nothing.',
    table: {
      columns: ['tensor', 'checked', 'largest error', 'median error', 'worst at', 'gradient', 'difference', 'verdict'],
      rows: tensors.map(({ name, derivatives: all, maxRelativeError, medianRelativeError, worstIndex, verdict: own }) => {
        const worst = all.find(({ index }) => index === worstIndex);
        return [name, all.length, shortNumber(maxRelativeError), shortNumber(medianRelativeError), worstIndex, shortNumber(worst?.analytic ?? 0), shortNumber(worst?.numeric ?? 0), own]; // prettier-ignore
      }),
    },
  };
}
