import * as tf from '@tensorflow/tfjs-core';
import { on } from './backends.ts';

/** tfjs's own kernels for wasm, by name: to be kept before ours take their places. */
export type StockKernels = ReadonlyMap<string, tf.KernelConfig>;

export const stockKernels = (...names: readonly string[]): StockKernels => new Map(names.map((name) => [name, tf.getKernel(name, 'wasm')]));

/** Runs tfjs's own kernel and ours on the same inputs. */
export async function both(
  stock: StockKernels,
  kernelName: string,
  inputs: () => tf.NamedTensorMap,
  attrs: object,
): Promise<{ own: Float32Array[]; ours: Float32Array[] }> {
  const ours = await on('wasm', () => tf.engine().runKernel(kernelName, inputs(), attrs as tf.NamedAttrMap) as tf.Tensor);
  const current = tf.getKernel(kernelName, 'wasm');
  tf.unregisterKernel(kernelName, 'wasm');
  tf.registerKernel(stock.get(kernelName)!);
  const own = await on('wasm', () => tf.engine().runKernel(kernelName, inputs(), attrs as tf.NamedAttrMap) as tf.Tensor);
  tf.unregisterKernel(kernelName, 'wasm');
  tf.registerKernel(current);
  return { own, ours };
}
