import type { layers } from '@tensorflow/tfjs-layers';

type Layer = layers.Layer;

const isModel = (layer: Layer): layer is Layer & { readonly layers: Layer[] } => 'layers' in layer && Array.isArray(layer.layers);

/** The layers of a model in order; a nested model stands for its own. */
export const flatLayers = (model: { readonly layers: readonly Layer[] }): readonly Layer[] =>
  model.layers.flatMap((layer) => (isModel(layer) ? flatLayers(layer) : [layer]));

/** A layer and what it wraps: cells of recurrent layers, both directions, the layer under TimeDistributed. */
export function holders(layer: object): readonly object[] {
  const inner = ['cell', 'layer', 'forwardLayer', 'backwardLayer'].flatMap((key) => {
    const value = (layer as Record<string, unknown>)[key];
    return typeof value === 'object' && value !== null ? holders(value) : [];
  });
  const cells = (layer as { readonly cells?: unknown }).cells;
  return [layer, ...inner, ...(Array.isArray(cells) ? cells.flatMap((cell: object) => holders(cell)) : [])];
}
