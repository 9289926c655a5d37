import { checkNumber, DownhillError } from '@downhill/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { layers, LayersModel, LayerVariable } from '@tensorflow/tfjs-layers';
import { drawLike } from './initial-weights.ts';
import type { LayersInitializer } from './internals/layers-initializer.ts';
import type { SeededInitializer } from './seeded-initializer.ts';

type Layer = layers.Layer;

const places = new WeakMap<Layer, number>();

/** A layer's index in the model that was seeded last, counting the layers of nested models; undefined before that. */
export function placeOf(layer: Layer): number | undefined {
  return places.get(layer);
}

const isModel = (layer: Layer): layer is Layer & { readonly layers: Layer[] } => 'layers' in layer && Array.isArray(layer.layers);

/** The layers of a model in order; a nested model stands for its own. */
const flatLayers = (model: { readonly layers: readonly Layer[] }): readonly Layer[] =>
  model.layers.flatMap((layer) => (isModel(layer) ? flatLayers(layer) : [layer]));

/** `recurrent_kernel` of `lstm/recurrent_kernel_1`. */
const shortName = (weight: LayerVariable): string => (weight.originalName.split('/').at(-1) ?? '').replace(/_\d+$/, '');

/** The property that holds a weight's initializer: Keras names it after the weight, but for kernels with an adjective. */
function initializerField(name: string): string {
  const stem = name
    .replace(/^(recurrent|depthwise|pointwise)_kernel$/, '$1')
    .replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return `${stem}Initializer`;
}

/** A layer and what it wraps: cells of recurrent layers, both directions, the layer under TimeDistributed. */
function holders(layer: object): readonly object[] {
  const inner = ['cell', 'layer', 'forwardLayer', 'backwardLayer'].flatMap((key) => {
    const value = (layer as Record<string, unknown>)[key];
    return typeof value === 'object' && value !== null ? holders(value) : [];
  });
  const cells = (layer as { readonly cells?: unknown }).cells;
  return [layer, ...inner, ...(Array.isArray(cells) ? cells.flatMap((cell: object) => holders(cell)) : [])];
}

function initializerOf(layer: Layer, weight: LayerVariable): LayersInitializer | undefined {
  const field = initializerField(shortName(weight));
  return holders(layer)
    .map((holder) => (holder as Record<string, unknown>)[field] as LayersInitializer | undefined)
    .find((initializer) => initializer !== undefined && initializer !== null);
}

const CONSTANT = ['Zeros', 'Ones', 'Constant', 'Identity'];

function firstValue(
  initializer: LayersInitializer,
  layer: Layer,
  weight: LayerVariable,
  source: { readonly seed: number; readonly stream: string },
): Tensor {
  const shape = weight.shape.map((size) => size ?? 1);
  const className = initializer.getClassName();
  if ('draw' in initializer) return (initializer as SeededInitializer).draw(shape, source);
  if (CONSTANT.includes(className)) return initializer.apply(shape);
  const drawn = drawLike({ className, config: initializer.getConfig() }, shape, source);
  if (drawn !== undefined) return drawn;
  throw new DownhillError({
    code: 'unsupported',
    source: 'seedModel',
    problem: `the initializer ${className} of ${layer.name}/${shortName(weight)} draws from a source that cannot be seeded`,
    advice: 'Use seededInitializer({ name, seed }) there, or one of the initializers of Keras.',
  });
}

/**
 * Makes a model's randomness a function of a seed and nothing else: its first weights are drawn again by the layer's index
 * and the weight's name, whatever the process built before, and stochastic layers are told their index ({@link placeOf}).
 * Weights whose initializer a layer does not keep (an LSTM's bias) stay as they are: they are constants.
 *
 * @example
 * seedModel(model, 42);
 *
 * @throws DownhillError `invalid-argument` where the seed is no safe integer, `unsupported` for an initializer that cannot
 * be seeded; no weight has changed then.
 */
export function seedModel(model: LayersModel, seed: number): void {
  checkNumber('seedModel', { seed }, { integer: true });
  const drawn: { readonly weight: LayerVariable; readonly value: Tensor }[] = [];
  try {
    flatLayers(model).forEach((layer, index) => {
      layer.weights.forEach((weight, i) => {
        const initializer = initializerOf(layer, weight);
        if (initializer !== undefined)
          drawn.push({
            weight,
            value: firstValue(initializer, layer, weight, { seed, stream: `layer ${index} ${shortName(weight)} ${i}` }),
          });
      });
    });
    for (const { weight, value } of drawn) weight.write(value);
    flatLayers(model).forEach((layer, index) => places.set(layer, index));
  } finally {
    for (const { value } of drawn) value.dispose();
  }
}
