import { flatLayers } from '@downhill/tfjs';
import type { layers, LayersModel } from '@tensorflow/tfjs-layers';
import { checkHasLayers } from '../activations/layer-activations.ts';
import type { CheckTable } from './check.ts';
import { tableLines } from './check-text.ts';
import { elementsOf, layerMultiplyAdds } from './layer-multiply-adds.ts';

/** A layer's share of a model; numbers are those of one example. */
export interface LayerSummary {
  /** By place: `0` for the first layer, counting the layers of nested models. */
  readonly place: string;
  readonly layer: string;
  readonly className: string;
  /** An open length is null. */
  readonly outputShape: readonly (number | null)[];
  readonly parameters: number;
  readonly trainable: number;
  /** `undefined` for a layer with weights that is not known. */
  readonly multiplyAdds: number | undefined;
  /** Of its output, in float32. */
  readonly activationBytes: number;
}

export interface ModelSummary {
  readonly layers: readonly LayerSummary[];
  readonly parameters: number;
  readonly trainable: number;
  /** Of a pass forward, of the layers that are known; the pass back takes about twice as many. */
  readonly multiplyAdds: number;
  /** Layers that are not in that number. */
  readonly notCounted: readonly string[];
  /** What a step of training keeps for the pass back, of one example: all outputs. */
  readonly activationBytes: number;
  /** Of the weights. */
  readonly weightBytes: number;
}

/**
 * What a model holds and costs, layer by layer: parameters, multiply-adds and memory of activations for one example. An open length (any but the
 * batch) counts as one, weights that layers share once.
 *
 * @example
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 10, inputShape: [784] })] });
 * const { parameters, multiplyAdds, activationBytes } = summarize(model);
 * [parameters, multiplyAdds, activationBytes]; // [7850, 7840, 40]
 *
 * @throws DownhillError `unsupported` where the model is none of tfjs-layers.
 */
export function summarize(model: LayersModel): ModelSummary {
  checkHasLayers('summarize', model);
  const list = flatLayers(model).map((layer, index) => layerSummary(layer, `${index}`));
  const sum = (of: (layer: LayerSummary) => number): number => list.reduce((total, layer) => total + of(layer), 0);
  const parameters = sizeOf(model.weights);
  return {
    layers: list,
    parameters,
    trainable: sizeOf(model.trainableWeights),
    multiplyAdds: sum(({ multiplyAdds = 0 }) => multiplyAdds),
    notCounted: list.filter(({ multiplyAdds }) => multiplyAdds === undefined).map(({ layer }) => layer),
    activationBytes: sum(({ activationBytes }) => activationBytes),
    weightBytes: 4 * parameters,
  };
}

/**
 * A {@link summarize}d model as text: a line a layer, and the totals.
 *
 * @example
 * const text = summaryText(summarize(tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] })));
 * text.split('\n').at(-1); // '8 parameters are trained'
 */
export function summaryText({ layers: list, notCounted, ...totals }: ModelSummary): string {
  const table: CheckTable = {
    columns: ['', 'layer', 'output', 'parameters', 'multiply-adds', 'activations (bytes)'],
    rows: [
      ...list.map((one): (string | number)[] => [
        one.place,
        one.className,
        `[${one.outputShape.slice(1).map((length) => length ?? '?').join(', ')}]`, // prettier-ignore
        one.parameters,
        one.multiplyAdds ?? Number.NaN,
        one.activationBytes,
      ]),
      ['', 'total', '', totals.parameters, totals.multiplyAdds, totals.activationBytes],
    ],
  };
  const missing = notCounted.length === 0 ? [] : [`multiply-adds of ${notCounted.join(', ')} are not counted`];
  return [...tableLines(table), `${totals.trainable.toLocaleString('en-US')} parameters are trained`, ...missing].join('\n');
}

function layerSummary(layer: layers.Layer, place: string): LayerSummary {
  const shapes = (Array.isArray(layer.outputShape[0]) ? layer.outputShape : [layer.outputShape]) as (number | null)[][];
  return {
    place,
    layer: layer.name,
    className: layer.getClassName(),
    outputShape: shapes[0] ?? [],
    parameters: sizeOf(layer.weights),
    trainable: sizeOf(layer.trainableWeights),
    multiplyAdds: layerMultiplyAdds(layer),
    activationBytes: layer.getClassName() === 'InputLayer' ? 0 : 4 * shapes.reduce((total, shape) => total + elementsOf(shape), 0),
  };
}

function sizeOf(weights: LayersModel['weights']): number {
  return [...new Set(weights)].reduce((sum, { shape }) => sum + shape.reduce<number>((size, length) => size * (length ?? 1), 1), 0);
}
