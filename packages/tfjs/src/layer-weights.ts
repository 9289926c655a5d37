import type { layers, LayerVariable } from '@tensorflow/tfjs-layers';
import { holders } from './flat-layers.ts';

type Layer = layers.Layer;

/** What a layer can declare for each of its weights, such as `kernelInitializer`. */
export type Declaration = 'Initializer' | 'Regularizer' | 'Constraint';

/** `recurrent_kernel` of `lstm/recurrent_kernel_1`. */
export const shortName = (weight: LayerVariable): string => (weight.originalName.split('/').at(-1) ?? '').replace(/_\d+$/, '');

/** The property that holds what is declared for a weight: Keras names it after the weight, but for kernels with an adjective. */
function fieldOf(name: string, declaration: Declaration): string {
  const stem = name
    .replace(/^(recurrent|depthwise|pointwise)_kernel$/, '$1')
    .replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return `${stem}${declaration}`;
}

/** What a layer, or one that it wraps, declares for a weight; undefined where it declares none or does not keep it. */
export function declaredFor(layer: Layer, weight: LayerVariable, declaration: Declaration): object | undefined {
  const field = fieldOf(shortName(weight), declaration);
  return holders(layer)
    .map((holder) => (holder as Record<string, unknown>)[field])
    .find((value): value is object => typeof value === 'object' && value !== null);
}
