/** Runs the same code on several of tfjs's backends. */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-layers'; // registers all gradients

/** What `run` gives on a backend, read back; its tensors are disposed of. */
export async function on(backend: 'wasm' | 'cpu', run: () => tf.Tensor | tf.Tensor[]): Promise<Float32Array[]> {
  await tf.setBackend(backend);
  const tensors = [tf.tidy(run)].flat();
  const values = await Promise.all(tensors.map(async (tensor) => Float32Array.from(await tensor.data())));
  tf.dispose(tensors);
  return values;
}

/**
 * The first value that differs by more than float32 rounding of a sum whose terms come to `scale` in all, as a sentence;
 * undefined when there is none.
 */
export function difference(
  actual: readonly ArrayLike<number>[],
  expected: readonly ArrayLike<number>[],
  tolerance: number,
): string | undefined {
  if (actual.length !== expected.length) return `${actual.length} results instead of ${expected.length}`;
  for (const [index, values] of expected.entries()) {
    const found = actual[index] ?? [];
    if (found.length !== values.length) return `result ${index} has ${found.length} values instead of ${values.length}`;
    for (let i = 0; i < values.length; i++) {
      const [a = NaN, b = NaN] = [found[i], values[i]];
      if (!(Object.is(a, b) || Math.abs(a - b) <= tolerance)) return `value ${i} of result ${index} is ${a} instead of ${b} ± ${tolerance}`;
    }
  }
  return undefined;
}
