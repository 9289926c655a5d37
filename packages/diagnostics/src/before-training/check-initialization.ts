import { DownhillError } from '@downhill/core';
import { flatLayers } from '@downhill/tfjs';
import type { Batch, LossObjective, NamedVariable } from '@downhill/training';
import type { layers, LayersModel } from '@tensorflow/tfjs-layers';
import { activationOf, checkHasLayers, layerActivations, type LayerActivations } from '../activations/layer-activations.ts';
import { valueStatistics } from '../activations/value-statistics.ts';
import { gradientsOf, readGradients } from '../differentiation/gradients.ts';
import { lossOfWeights } from '../differentiation/loss-of-weights.ts';
import { worstVerdict, type Check, type Verdict } from './check.ts';
import { shortNumber } from './check-text.ts';

/** Options of {@link checkInitialization}. */
export interface CheckInitializationOptions extends LossObjective {
  readonly model: LayersModel;
  /** Stays yours. */
  readonly batch: Batch;
}

/** A layer with a kernel, as its first weights make it. */
export interface LayerInitialization {
  readonly place: string;
  readonly layer: string;
  readonly activation: string;
  /** Of its output, after the activation. */
  readonly std: number;
  /** Share of units that are 0 for every example, behind a ReLU. */
  readonly dead?: number;
  /** Share of saturated values, of tanh and sigmoid. */
  readonly saturated?: number;
  /** √(fan in · var(w)): by how much the layer stretches what comes in. */
  readonly gain: number;
  /** The gain that keeps the variance: √2 before a ReLU (He et al. 2015, equation 10), 1 before others (LeCun et al. 1998, section 4.6). */
  readonly expectedGain: number;
  /** Of the gradient of its kernel. */
  readonly gradientStd: number;
  readonly verdict: Verdict;
}

export interface InitializationCheck extends Check {
  readonly layers: readonly LayerInitialization[];
}

/**
 * Looks at what the first weights do, layer by layer: the spread of activations and gradients, which should stay about the same from layer to layer; the gain
 * of each kernel against the one that keeps the variance; dead and saturated units; kernels whose values are all the same, whose units would learn the same.
 * The gain is a warning outside a quarter to four times what is expected. Activations a thousandfold apart between layers, gradients of zero or NaN, and equal
 * weights have `failed`; the last layer may be as small as it likes.
 *
 * Cost: two passes forward and one back.
 *
 * @example
 * const layers = [tf.layers.dense({ units: 4, inputShape: [2], kernelInitializer: 'zeros', activation: 'relu' }), tf.layers.dense({ units: 1 })];
 * const batch = { xs: tf.ones([4, 2]), ys: tf.ones([4, 1]) };
 * const { verdict } = await checkInitialization({ model: tf.sequential({ layers }), loss: meanSquaredError, batch });
 * verdict; // 'failed'
 *
 * @throws DownhillError `unsupported` where the model is none of tfjs-layers or no layer has a kernel.
 */
export async function checkInitialization({ model, batch, ...objective }: CheckInitializationOptions): Promise<InitializationCheck> {
  checkHasLayers(SOURCE, model);
  const activations = await layerActivations(model, batch.xs);
  const of = lossOfWeights({ model, batch, ...objective });
  const { gradient } = await readGradients(gradientsOf(of));
  const found: LayerInitialization[] = [];
  let from = 0;
  for (const { key, variable } of of.weights) {
    const own = gradient.subarray(from, (from += variable.size));
    const layer = holderOf(model, variable);
    const seen = layer && activations.find(({ layer: name }) => name === layer.name);
    if (layer === undefined || seen === undefined || !/\/(depthwise_)?kernel$/.test(key)) continue;
    const last = flatLayers(model).at(-1) === layer;
    found.push(layerOf(layer, seen, { kernel: (await variable.data()) as Float32Array, shape: variable.shape, gradient: own, last }));
  }
  if (found.length > 0) return judged(found);
  throw new DownhillError({ code: 'unsupported', source: SOURCE, problem: 'no layer of the model has a kernel that is trained' });
}

const SOURCE = 'checkInitialization';

const holderOf = (model: LayersModel, variable: NamedVariable['variable']): layers.Layer | undefined =>
  flatLayers(model).find((layer) => layer.trainableWeights.some((weight) => weight.read() === variable));

function layerOf(
  layer: layers.Layer,
  { place, statistics, dead, saturated }: LayerActivations,
  weights: {
    readonly kernel: Float32Array;
    readonly shape: readonly number[];
    readonly gradient: Float64Array;
    readonly last: boolean;
  },
): LayerInitialization {
  const { kernel, shape, gradient, last } = weights;
  const depthwise = layer.getClassName().startsWith('Depthwise');
  const fanIn = kernel.length / (depthwise ? (shape.at(-2) ?? 1) * (shape.at(-1) ?? 1) : (shape.at(-1) ?? 1));
  const activation = activationOf(layer);
  const expectedGain = activation.startsWith('relu') ? Math.SQRT2 : 1;
  const spread = valueStatistics(kernel);
  const numbers = {
    std: statistics.std,
    ...(dead === undefined ? {} : { dead: dead.deadFraction }),
    ...(saturated === undefined ? {} : { saturated }),
    gain: Math.sqrt(fanIn) * spread.std,
    expectedGain,
    gradientStd: valueStatistics(gradient, []).std,
  };
  return { place, layer: layer.name, activation, ...numbers, verdict: verdictOf(numbers, kernel.length, last) };
}

function verdictOf(
  {
    gain,
    expectedGain,
    gradientStd,
    std,
    dead = 0,
    saturated = 0,
  }: Omit<LayerInitialization, 'place' | 'layer' | 'activation' | 'verdict'>,
  size: number,
  last: boolean,
): Verdict {
  const equal = gain === 0 && size > 1;
  if ((equal && !last) || !Number.isFinite(gradientStd + std) || (gradientStd === 0 && size > 1) || dead >= 0.9) return 'failed';
  const ratio = gain / expectedGain;
  return ratio > 4 || (ratio < 0.25 && !last) || dead > 0.5 || saturated > 0.5 ? 'warning' : 'ok';
}

/** Spreads of layers that are further apart than this do not train together. */
const APART = 1000;

function judged(found: readonly LayerInitialization[]): InitializationCheck {
  const inner = found.length > 1 ? found.slice(0, -1) : found;
  const [activationsApart, gradientsApart] = [apart(inner.map(({ std }) => std)), apart(inner.map(({ gradientStd }) => gradientStd))];
  const across: Verdict = activationsApart > APART || gradientsApart > APART ? 'failed' : 'ok';
  const verdict = worstVerdict([across, ...found.map((layer) => layer.verdict)]);
  const odd = found.filter((layer) => layer.verdict !== 'ok').map(({ place }) => place);
  return {
    kind: 'check',
    name: 'initialization',
    verdict,
    summary:
      verdict === 'ok'
        ? `the spread of activations stays within ${shortNumber(activationsApart)} times from layer to layer, that of gradients within ${shortNumber(gradientsApart)}.`
        : `${odd.length === 0 ? 'layers' : `layer ${odd.join(', ')}`}: activations are ${shortNumber(activationsApart)} times apart between layers, gradients ${shortNumber(gradientsApart)}.`,
    numbers: { activationsApart, gradientsApart, oddLayers: odd.length },
    advice: adviceFor(verdict, found),
    meaning:
      'Where activations shrink or grow from layer to layer, so do gradients: the first layers learn nothing, or everything blows up. Equal weights stay equal, and a layer of them counts as one unit.',
    table: {
      columns: ['', 'activation', 'spread', 'dead', 'saturated', 'gain', 'expected', 'spread of gradient', 'verdict'],
      rows: found.map((one) => [
        one.place,
        one.activation,
        shortNumber(one.std),
        share(one.dead),
        share(one.saturated),
        shortNumber(one.gain),
        shortNumber(one.expectedGain),
        shortNumber(one.gradientStd),
        one.verdict, // prettier-ignore
      ]),
    },
    layers: found,
  };
}

const apart = (values: readonly number[]): number => Math.max(...values) / Math.min(...values);

const share = (value: number | undefined): string => (value === undefined ? '' : `${Math.round(100 * value)} %`);

function adviceFor(verdict: Verdict, found: readonly LayerInitialization[]): string {
  if (verdict === 'ok') return 'Go on.';
  if (found.some(({ gain }) => gain === 0)) return 'Draw the weights at random: heNormal before a ReLU, glorotUniform otherwise.';
  if (found.some(({ dead = 0 }) => dead > 0.5))
    return 'Most units of a layer are dead: begin with biases of 0, centre the inputs, or use leaky ReLUs.';
  if (found.some(({ saturated = 0 }) => saturated > 0.5))
    return 'Most units of a layer are saturated: bring the inputs to unit size, or the weights to glorotUniform.';
  return 'Use heNormal before a ReLU and glorotUniform otherwise, or put batch normalization between the layers.';
}
