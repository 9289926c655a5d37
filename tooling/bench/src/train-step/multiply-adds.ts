import type { layers, LayersModel } from '@tensorflow/tfjs-layers';

type Layer = layers.Layer;

/**
 * Multiply-adds of a training step, convolutions counted as direct ones: forward, the gradient of each filter, and the gradient of each
 * layer's input where something before it is trained.
 */
export function multiplyAdds(model: LayersModel, batch: number): number {
  return model.layers.reduce((sum, layer) => sum + batch * forwardMultiplyAdds(layer) * passes(layer), 0);
}

/** Forward, filter gradient, input gradient: the last is not needed where nothing before the layer has weights. */
const passes = (layer: Layer): number => (layersBefore(layer).some((before) => before.trainableWeights.length > 0) ? 3 : 2);

function layersBefore(layer: Layer): readonly Layer[] {
  const direct = layer.inboundNodes.flatMap(({ inboundLayers }) => inboundLayers);
  return [...direct, ...direct.flatMap(layersBefore)];
}

/** Multiply-adds of one row's way through a layer. */
function forwardMultiplyAdds(layer: Layer): number {
  const name = layer.getClassName();
  switch (name) {
    case 'Conv2D': {
      // each output element sums over the filter's window and input channels; a filter is [height, width, in, out]
      const [height = 0, width = 0, channels = 0] = filterShape(layer, 'kernel');
      return elements(layer.outputShape) * height * width * channels;
    }
    case 'DepthwiseConv2D': {
      const [height = 0, width = 0] = filterShape(layer, 'depthwise_kernel');
      return elements(layer.outputShape) * height * width;
    }
    case 'Dense': {
      const [inputs = 0] = filterShape(layer, 'kernel');
      return elements(layer.outputShape) * inputs;
    }
    case 'LSTM': {
      // one product with the input and one with the state at each step of the sequence
      const [inputs = 0, gates = 0] = filterShape(layer, 'kernel');
      const [units = 0] = filterShape(layer, 'recurrent_kernel');
      const length = layer.inboundNodes[0]?.inputTensors[0]?.shape[1] ?? 0;
      return length * (inputs + units) * gates;
    }
    default:
      if (layer.weights.length === 0 || COUNTED_AS_NONE.has(name)) return 0;
      throw new Error(`multiplyAdds: say how to count ${name}`);
  }
}

/** Layers with weights whose arithmetic is no matrix product. */
const COUNTED_AS_NONE: ReadonlySet<string> = new Set(['BatchNormalization', 'Embedding']);

function filterShape(layer: Layer, weight: string): readonly number[] {
  const found = layer.weights.find(({ originalName }) => originalName.endsWith(`/${weight}`));
  if (found === undefined) throw new Error(`multiplyAdds: ${layer.name} has no ${weight}`);
  return found.read().shape;
}

/** Elements of one row of a layer's output. */
function elements(shape: Layer['outputShape']): number {
  const [first] = shape;
  if (Array.isArray(first)) throw new Error('multiplyAdds: a layer has several outputs');
  return (shape as readonly (number | null)[]).slice(1).reduce<number>((product, length) => product * (length ?? 1), 1);
}
