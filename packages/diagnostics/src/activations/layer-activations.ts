import { DownhillError } from '@downhill/core';
import { isLayersModel, type TrainableModel } from '@downhill/training';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { layers, LayersModel } from '@tensorflow/tfjs-layers';
import { deadUnits, saturatedFraction, type DeadUnits } from './unit-statistics.ts';
import { valueStatistics, type ValueStatistics } from './value-statistics.ts';
import { withActivations, type LayerOutput } from './listen.ts';

/** What a layer's activations look like. */
export interface LayerActivations {
  /** By place: `0` for the first layer, counting the layers of nested models. */
  readonly place: string;
  readonly layer: string;
  /** The layer's class, `Dense` and so on. */
  readonly className: string;
  /** `relu`, `tanh` and so on; `linear` where the layer has none. */
  readonly activation: string;
  readonly shape: readonly number[];
  readonly statistics: ValueStatistics;
  /** Of layers that end in a ReLU (relu, relu6). */
  readonly dead?: DeadUnits;
  /** Of layers that end in tanh or sigmoid: the share of saturated values. */
  readonly saturated?: number;
}

/** What a layer applies last, by tfjs's name; a layer that is an activation itself counts, too. */
export function activationOf(layer: layers.Layer): string {
  const className = layer.getClassName();
  if (className === 'ReLU') return 'relu';
  const { activation } = layer as { readonly activation?: { getClassName(): string } };
  return activation?.getClassName() ?? 'linear';
}

/**
 * Statistics of what each layer of a model gives for some inputs, with the share of dead units behind ReLUs and of saturated ones behind tanh and
 * sigmoid. Layers run as in inference.
 *
 * Cost: one pass forward; it reads all activations.
 *
 * @param inputs Stay yours.
 *
 * @example
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [2], activation: 'relu', kernelInitializer: 'zeros' })] });
 * const [layer] = await layerActivations(model, tf.ones([4, 2]));
 * layer.dead.deadFraction; // 1
 *
 * @throws DownhillError `unsupported` where the model is none of tfjs-layers.
 */
export async function layerActivations(model: LayersModel, inputs: Tensor | Tensor[]): Promise<readonly LayerActivations[]> {
  checkHasLayers('layerActivations', model);
  return withActivations(model, inputs, readActivations);
}

/** Reads what layers gave. */
export const readActivations = (outputs: readonly LayerOutput[]): Promise<LayerActivations[]> =>
  Promise.all(
    outputs.map(async ({ place, layer, output }) => {
      const values = (await output.data()) as Float32Array;
      const activation = activationOf(layer);
      return {
        place,
        layer: layer.name,
        className: layer.getClassName(),
        activation,
        shape: output.shape,
        statistics: valueStatistics(values),
        ...(activation.startsWith('relu') ? { dead: deadUnits(values, output.shape.at(-1) ?? 1) } : {}),
        ...(activation === 'tanh' || activation === 'sigmoid' ? { saturated: saturatedFraction(values, activation) } : {}),
      };
    }),
  );

/** @throws DownhillError `unsupported` for a model of functions, which has no layers to listen to. */
export function checkHasLayers(source: string, model: TrainableModel): asserts model is LayersModel {
  if (typeof model === 'object' && model !== null && isLayersModel(model)) return;
  throw new DownhillError({
    code: 'unsupported',
    source,
    problem: 'only a model of tfjs-layers shows what its layers give',
    advice: 'Build it with tf.sequential or tf.model, or look at the tensors of your own functions with valueStatistics.',
  });
}
