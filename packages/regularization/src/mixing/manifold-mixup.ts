import { betaFrom, checkNumber, complete, DownhillError, randomStream, show, streamKey, subKey, type TrainingHook } from '@downhill/core';
import type { Loss } from '@downhill/training';
import { tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { layers, LayersModel } from '@tensorflow/tfjs-layers';
import { checkLayersModel } from '../check-layers-model.ts';
import { withForward } from '../with-forward.ts';
import { mixedLoss, mixHidden, type Mixing } from './mix-hidden.ts';

/** How and where the examples of a batch are mixed. */
export interface LayerMixing extends Mixing {
  /** How many layers come before: 0 mixes the input, 1 what the first layer gives, and so on. */
  readonly layer: number;
}

/**
 * Runs a sequential model with the examples mixed behind one of its layers; input layers do not count.
 *
 * @param model One whose layers are a row, as `tf.sequential` makes it.
 *
 * @example
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [2] })] });
 * const y = forwardMixed(model, tf.zeros([2, 2]), { layer: 1, lambda: 0.5, permutation: [1, 0] });
 * y.shape; // [2, 3]
 *
 * @throws DownhillError `unsupported` for a model that is no row of layers, `invalid-argument` for a layer that it does not have, or as {@link mixHidden}.
 */
export function forwardMixed(
  model: LayersModel,
  inputs: Tensor,
  { layer, ...mixing }: LayerMixing,
  { training = true }: { readonly training?: boolean } = {},
): Tensor {
  const row = rowOf(model);
  checkLayers([layer], row.length);
  return tidy(() =>
    row.reduce(
      (h, each, i) => {
        const next = each.apply(h, { training }) as Tensor;
        return i + 1 === layer ? mixHidden(next, mixing) : next;
      },
      layer === 0 ? mixHidden(inputs, mixing) : inputs,
    ),
  );
}

/** Options of {@link manifoldMixup}. */
export interface ManifoldMixupOptions {
  /** The places of which one is drawn at each step: 0 is the input, k what the k-th layer gives. */
  readonly layers: readonly number[];
  /** The shares are of Beta(α, α); above 0. @defaultValue 2 (Verma et al. 2019, section 4.1) */
  readonly alpha?: number;
  /** @defaultValue 0 */
  readonly seed?: number;
}

/** What {@link manifoldMixup} makes for the training loop. */
export interface ManifoldMixup<Model> {
  /** The model, whose training pass mixes. */
  readonly model: Model;
  /** Makes a loss that mixes the labels of a training batch to match, and is the given one in evaluation. */
  loss(loss: Loss): Loss;
  /** Counts the steps, which decide the draws, also after a resume. */
  readonly hook: TrainingHook;
}

/**
 * Manifold mixup in the training loop: at each step a layer, a share and an order of the batch are drawn, and the examples are mixed there.
 *
 * Verma et al. 2019, section 2 (arXiv:1806.05236). The draws depend on the seed and the step: the same after a resume, and when one step
 * evaluates its loss several times. Pass all three parts to `train`.
 *
 * @example
 * const mixing = manifoldMixup(tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [2] })] }), { layers: [0, 1] });
 * const options = { model: mixing.model, loss: mixing.loss(softmaxCrossEntropy), hooks: [mixing.hook] };
 * options.hooks[0].name; // 'manifoldMixup'
 *
 * @throws DownhillError `unsupported` for a model that is no row of layers, `invalid-argument` for options out of range; the training pass
 * throws `invalid-argument` where the hook was not passed.
 */
export function manifoldMixup<Model extends LayersModel>(model: Model, options: ManifoldMixupOptions): ManifoldMixup<Model> {
  const { layers: places, alpha, seed } = complete('manifoldMixup', options, { layers: [], alpha: 2, seed: 0 });
  checkNumber('manifoldMixup', { alpha }, { above: 0 });
  checkNumber('manifoldMixup', { seed }, { integer: true });
  checkLayers(places, rowOf(model).length);
  let step: number | undefined;
  let current: LayerMixing | undefined;
  return {
    model: withForward('manifoldMixup', model, (inputs, mode, forward) => {
      current = undefined;
      if (!mode.training) return forward(inputs, mode);
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      if (step === undefined || x === undefined) throw wrong('its hook does not see the run', 'Pass hooks: [mixing.hook] to train.');
      current = drawMixing({ places, alpha, seed }, step, x.shape[0] ?? 0);
      return forwardMixed(model, x, current);
    }),
    loss: (loss) => (ys, predictions) => (current === undefined ? loss : mixedLoss(loss, current))(ys, predictions),
    hook: {
      kind: 'hook',
      name: 'manifoldMixup',
      onStart: (position) => {
        step = position.step;
      },
      onStep: (report) => {
        step = report.step;
      },
    },
  };
}

function drawMixing(
  { places, alpha, seed }: { places: readonly number[]; alpha: number; seed: number },
  step: number,
  batch: number,
): LayerMixing {
  const key = streamKey(seed, 'manifoldMixup', step);
  const [uniforms, normals] = [randomStream(subKey(key, 'uniform')), randomStream(subKey(key, 'normal'))];
  let [u, n] = [0, 0];
  const draws = {
    uniform: (low: number, high: number) => low + (high - low) * uniforms.uniformAt(u++),
    normal: () => normals.normalAt(n++),
  };
  return {
    layer: places[randomStream(subKey(key, 'layer')).integerBelow(0, places.length)] ?? 0,
    lambda: betaFrom(draws, alpha, alpha),
    permutation: randomStream(subKey(key, 'order')).permutation(batch),
  };
}

function rowOf(model: LayersModel): readonly layers.Layer[] {
  checkLayersModel('manifoldMixup', model);
  const row = model.layers.filter((layer) => layer.getClassName() !== 'InputLayer');
  const inRow = row.every(({ inboundNodes }, i) => {
    const before = inboundNodes[0]?.inboundLayers ?? [];
    return before.length === 1 && (i === 0 || before[0] === row[i - 1]);
  });
  if (inRow && row.length > 0) return row;
  throw new DownhillError({
    code: 'unsupported',
    source: 'manifoldMixup',
    problem: '`model` must be a row of layers, each of which takes what the one before gives',
    advice: 'Mix with mixHidden and mixedLoss in a model of your own: { variables, predict }.',
  });
}

function checkLayers(places: readonly number[], count: number): void {
  if (!Array.isArray(places) || places.length === 0 || !places.every((place) => Number.isInteger(place) && place >= 0 && place <= count))
    throw wrong(`\`layers\` must be places from 0 (the input) to ${count} (the output), got ${show(places)}`, 'Name one at least.');
}

function wrong(problem: string, advice: string): DownhillError {
  return new DownhillError({ code: 'invalid-argument', source: 'manifoldMixup', problem, advice });
}
