import type { Batch } from '@downhill/training';
import { slice, tidy, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core';

/**
 * A batch cut into parts of equal size, in order; examples that are left over are left out, and there are fewer parts where there are fewer
 * examples. The parts are the caller's to dispose of.
 */
export function microBatches({ xs, ys, weights }: Batch, count: number): Batch[] {
  const examples = ys.shape[0] ?? 1;
  const size = Math.max(1, Math.floor(examples / count));
  const part = <T extends Tensor>(tensor: T, i: number): T => slice(tensor, i * size, size);
  return tidy(() =>
    Array.from({ length: Math.min(count, examples) }, (_, i) => ({
      xs: Array.isArray(xs) ? xs.map((input) => part(input, i)) : part(xs, i),
      ys: part(ys, i),
      ...(weights === undefined ? {} : { weights: part<Tensor1D>(weights, i) }),
    })),
  );
}
