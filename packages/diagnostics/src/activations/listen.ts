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

/** An ear at the layers of a model. */
export interface Listening {
  /** What was heard so far, valid until `release`. */
  readonly outputs: readonly LayerOutput[];
  /** The layers' calls are their own again. */
  stop(): void;
  /** Stops, and lets go of the outputs. */
  release(): void;
}

/** Whether a layer computes something: an input and a flattening say nothing new. */
const computes = (layer: Layer): boolean => !['InputLayer', 'Flatten', 'Reshape', 'Permute'].includes(layer.getClassName());

/** Listens to what the layers of a model give, whoever calls it. Outputs share their storage with what they are copies of. */
export function listen(model: LayersModel): Listening {
  const outputs: LayerOutput[] = [];
  const ends = flatLayers(model).flatMap((layer, index) =>
    computes(layer) ? [hear(layer, (output) => outputs.push({ place: `${index}`, layer, output: keep(output) }))] : [],
  );
  const stop = (): void => {
    for (const end of ends.splice(0)) end();
  };
  return {
    outputs,
    stop,
    release() {
      stop();
      dispose(outputs.splice(0).map(({ output }) => output));
    },
  };
}

/** Runs a model on inputs, as in inference, and hands over what its layers gave. */
export async function withActivations<T>(
  model: LayersModel,
  xs: Tensor | Tensor[],
  read: (outputs: readonly LayerOutput[]) => Promise<T>,
): Promise<T> {
  const listening = listen(model);
  try {
    dispose(tidy(() => model.apply(xs, { training: false }) as Tensor | Tensor[]));
    listening.stop();
    return await read(listening.outputs);
  } finally {
    listening.release();
  }
}

/** Reports a copy of whatever a layer gives, until it is told to stop. */
function hear(layer: Layer, report: (output: Tensor) => void): () => void {
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
