import { DownhillError, show } from '@downhill/core';
import { Tensor } from '@tensorflow/tfjs-core';

/** @throws DownhillError `invalid-argument` for anything but a float32 tensor. */
export function checkWeight(source: string, weight: unknown): asserts weight is Tensor {
  if (weight instanceof Tensor && weight.dtype === 'float32') return;
  const got = weight instanceof Tensor ? `${weight.dtype} [${weight.shape.join(', ')}]` : show(weight);
  throw new DownhillError({ code: 'invalid-argument', source, problem: `\`weight\` must be a float32 tensor, got ${got}` });
}
