import { customGrad, type Tensor } from '@tensorflow/tfjs-core';

/** What an operation gives: its value, what its gradient needs of the way there, and the gradient for each input. */
export interface Differentiated<Inputs extends readonly Tensor[], Saved extends readonly Tensor[]> {
  readonly value: Tensor;
  readonly saved: Saved;
  /** @param dy The gradient of whatever is differentiated by `value`. */
  gradients(dy: Tensor, saved: Saved): { readonly [I in keyof Inputs]: Tensor };
}

/**
 * An operation with a gradient of its own: tfjs records it as one step, and keeps only what `saved` names.
 *
 * It is tfjs's `customGrad` with types: the saved tensors come back as the tuple that they were.
 *
 * @example
 * const double = withGradient((x) => ({ value: tf.mul(x, 2), saved: [], gradients: (dy) => [tf.mul(dy, 2)] }));
 * double(tf.scalar(3)).dataSync()[0]; // 6
 */
export function withGradient<const Inputs extends readonly Tensor[], const Saved extends readonly Tensor[]>(
  forward: (...inputs: Inputs) => Differentiated<Inputs, Saved>,
): (...inputs: Inputs) => Tensor {
  const run = customGrad((...given) => {
    const inputs = given.slice(0, -1) as unknown as Inputs;
    const save = given.at(-1) as (tensors: Tensor[]) => void;
    const { value, saved, gradients } = forward(...inputs);
    save([...saved]);
    return { value, gradFunc: (dy, kept) => [...gradients(dy, kept as unknown as Saved)] as Tensor[] };
  });
  return (...inputs) => run(...inputs);
}
