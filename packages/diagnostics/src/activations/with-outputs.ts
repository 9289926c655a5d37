import { flatLayers } from '@downhill/tfjs';
import { dispose, keep, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { layers, LayersModel } from '@tensorflow/tfjs-layers';

type Layer = layers.Layer;

/** What a layer gave, once for each time that it was called. */
export interface LayerOutput {
  /** By place: `0` for the first layer, counting the layers of nested models. */
  readonly place: string;
  readonly layer: Layer;
  readonly output: Tensor;
}

/** Whether a layer computes something: an input and a flattening say nothing new. */
const computes = (layer: Layer): boolean => !['InputLayer', 'Flatten', 'Reshape', 'Permute'].includes(layer.getClassName());

/**
 * Runs `work` while listening to what the layers of a model give, and hands over the outputs, which are valid until `read` is done. The layers' calls are
 * their own again afterwards, whatever happens.
 */
export async function withLayerOutputs<T>(
  model: LayersModel,
  work: () => void,
  read: (outputs: readonly LayerOutput[]) => Promise<T>,
): Promise<T> {
  const outputs: LayerOutput[] = [];
  const stop = flatLayers(model).flatMap((layer, index) =>
    computes(layer) ? [listen(layer, (output) => outputs.push({ place: `${index}`, layer, output: keep(output) }))] : [],
  );
  try {
    try {
      work();
    } finally {
      for (const deafen of stop) deafen();
    }
    return await read(outputs);
  } finally {
    dispose(outputs.map(({ output }) => output));
  }
}

/** Listens to a forward pass in inference. */
export const withActivations = <T>(
  model: LayersModel,
  xs: Tensor | Tensor[],
  read: (outputs: readonly LayerOutput[]) => Promise<T>,
): Promise<T> => withLayerOutputs(model, () => dispose(tidy(() => model.apply(xs, { training: false }) as Tensor | Tensor[])), read);

/** Reports a copy of whatever a layer gives, until it is told to stop. */
function listen(layer: Layer, report: (output: Tensor) => void): () => void {
  const own = layer.call;
  layer.call = (inputs, kwargs) => {
    const given = own.call(layer, inputs, kwargs);
    for (const output of Array.isArray(given) ? given : [given]) report(tidy(() => output.clone()));
    return given;
  };
  return () => {
    delete (layer as Partial<Layer>).call; // the class's own is there again
  };
}
