import { DownhillError, show, type ParameterGroup } from '@downhill/core';
import type { layers, LayerVariable } from '@tensorflow/tfjs-layers';
import { flatLayers } from './flat-layers.ts';

/**
 * The layers of a model that have weights to train, from the input to the output, each as the group of its weights: for `layerDecay`, `freeze`
 * and `partition`. A nested model stands for its own layers. The groups fit the model after it was saved and loaded as well.
 *
 * @example
 * const groups = layerGroups(model);
 * groups.length; // 1
 *
 * @throws DownhillError `invalid-argument` for anything but a model with layers.
 */
export function layerGroups(model: { readonly layers: readonly layers.Layer[] }): readonly ParameterGroup[] {
  if (!Array.isArray(model?.layers))
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'layerGroups',
      problem: `takes a tf.LayersModel, got ${show(model)}`,
      advice: 'Pass what tf.sequential() or tf.model() returns.',
    });
  return flatLayers(model)
    .map(({ trainableWeights }) => trainableWeights.map(nameOf))
    .filter((names) => names.length > 0)
    .map((names) => ({ names }));
}

/** The name that an optimizer sees, without the number of a name that was used before. */
const nameOf = ({ name }: LayerVariable): string => name.replace(/_\d+$/, '');
