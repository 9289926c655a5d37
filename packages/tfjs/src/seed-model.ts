import { checkNumber, DownhillError } from '@downhill/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { layers, LayersModel, LayerVariable } from '@tensorflow/tfjs-layers';
import { flatLayers } from './flat-layers.ts';
import { drawLike } from './initial-weights.ts';
import type { LayersInitializer } from './internals/layers-initializer.ts';
import { tellPlaces } from './layer-draws.ts';
import { declaredFor, shortName } from './layer-weights.ts';
import type { SeededInitializer } from './seeded-initializer.ts';

type Layer = layers.Layer;

const places = new WeakMap<Layer, number>();

/** A layer's index in the model that was seeded last, counting the layers of nested models; undefined before that. */
export function placeOf(layer: Layer): number | undefined {
  return places.get(layer);
}

const initializerOf = (layer: Layer, weight: LayerVariable): LayersInitializer | undefined =>
  declaredFor(layer, weight, 'Initializer') as LayersInitializer | undefined;

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
 * and the weight's name, whatever the process built before, and stochastic layers are told
 * their index ({@link placeOf}) and begin to count their training forwards anew.
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
    tellPlaces(model, seed);
  } finally {
    for (const { value } of drawn) value.dispose();
  }
}
