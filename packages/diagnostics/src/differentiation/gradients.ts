import { disposeAbandonedTape } from '@downhill/tfjs';
import { dispose, variableGrads, zerosLike, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import type { LossOfWeights } from './loss-of-weights.ts';

/** A loss and the gradient of each weight in order; whoever asked disposes of them. */
export interface Gradients {
  readonly loss: Scalar;
  readonly gradients: readonly Tensor[];
}

/** The loss and its gradients at the weights as they are; the gradient of a weight that the loss does not use is zero. One pass forward and one back. */
export function gradientsOf({ weights, loss }: LossOfWeights): Gradients {
  try {
    const { value, grads } = variableGrads(
      loss,
      weights.map(({ variable }) => variable),
    );
    return { loss: value, gradients: weights.map(({ variable }) => grads[variable.name] ?? zerosLike(variable)) };
  } catch (error) {
    disposeAbandonedTape();
    throw error;
  }
}

/** All gradients in one row of float64, in the order of the weights, and the loss. The tensors are disposed of. */
export async function readGradients({ loss, gradients }: Gradients): Promise<{ readonly loss: number; readonly gradient: Float64Array }> {
  try {
    const [value, ...parts] = await Promise.all([loss, ...gradients].map((tensor) => tensor.data()));
    const gradient = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
    let from = 0;
    for (const part of parts) {
      gradient.set(part, from);
      from += part.length;
    }
    return { loss: value?.[0] ?? Number.NaN, gradient };
  } finally {
    dispose([loss, ...gradients]);
  }
}
