import type { layers } from '@tensorflow/tfjs-layers';

type Layer = layers.Layer;
type Shape = readonly (number | null)[];

/** Layers with weights whose arithmetic is no matrix product. */
const COUNTED_AS_NONE: ReadonlySet<string> = new Set(['BatchNormalization', 'LayerNormalization', 'Embedding', 'PReLU']);

/**
 * Multiply-adds of one example's way through a layer, convolutions counted as direct ones; `undefined` for a layer with weights that is not known.
 * What has no weights (pooling, activations) counts as nothing.
 *
 * @example
 * layerMultiplyAdds(tf.sequential({ layers: [tf.layers.dense({ units: 10, inputShape: [784] })] }).layers[0]); // 7840
 */
export function layerMultiplyAdds(layer: Layer): number | undefined {
  const kernel = weightShape(layer, 'kernel');
  const outputs = layer.outputShape as Shape;
  switch (layer.getClassName()) {
    case 'Dense':
      return elementsOf(outputs) * (kernel[0] ?? 0);
    // each output element sums over the filter's window and input channels; a filter is [...window, in, out]
    case 'Conv1D':
    case 'Conv2D':
    case 'Conv3D':
      return elementsOf(outputs) * product(kernel.slice(0, -1));
    // transposed: each input element is spread over the window and the output channels; a filter is [...window, out, in]
    case 'Conv2DTranspose':
    case 'Conv3DTranspose':
      return elementsOf(inputShape(layer)) * product(kernel.slice(0, -1));
    case 'DepthwiseConv2D':
      return elementsOf(outputs) * product(weightShape(layer, 'depthwise_kernel').slice(0, 2));
    case 'SeparableConv2D': {
      const depthwise = weightShape(layer, 'depthwise_kernel');
      const places = elementsOf(outputs) / (outputs.at(-1) ?? 1);
      return places * (product(depthwise) + product(weightShape(layer, 'pointwise_kernel')));
    }
    // one product with the input and one with the state at each step of the sequence; the gates lie side by side
    case 'SimpleRNN':
    case 'GRU':
    case 'LSTM':
      return (inputShape(layer)[1] ?? 1) * (product(kernel) + product(weightShape(layer, 'recurrent_kernel')));
    default:
      return layer.weights.length === 0 || COUNTED_AS_NONE.has(layer.getClassName()) ? 0 : undefined;
  }
}

const product = (shape: readonly number[]): number => shape.reduce((all, length) => all * length, 1);

/** Elements of one row, an open length counted as one. */
export const elementsOf = (shape: Shape): number => shape.slice(1).reduce<number>((all, length) => all * (length ?? 1), 1);

function weightShape(layer: Layer, name: string): readonly number[] {
  const found = layer.weights.find(({ originalName }) => originalName.endsWith(`/${name}`));
  return found === undefined ? [] : found.shape.map((length) => length ?? 1);
}

const inputShape = (layer: Layer): Shape => layer.inboundNodes[0]?.inputTensors[0]?.shape ?? [];
