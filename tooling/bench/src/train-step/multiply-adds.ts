import { layerMultiplyAdds } from '@downhill/diagnostics';
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

function forwardMultiplyAdds(layer: Layer): number {
  const counted = layerMultiplyAdds(layer);
  if (counted === undefined) throw new Error(`multiplyAdds: say how to count ${layer.getClassName()}`);
  return counted;
}
