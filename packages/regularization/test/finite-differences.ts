import { grad, sum, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';

/**
 * How far the gradient of the sum of `f` at `x` is from central differences, at most.
 *
 * A difference of float32 numbers of size s over 2h errs by about s · 10⁻⁷ / h, and its truncation by h²/6 of the third derivative:
 * with h = 10⁻² and sizes about 1 that is 10⁻⁵ to 10⁻⁴.
 */
export function gradientError(f: (x: Tensor) => Tensor, x: Tensor, h = 1e-2): number {
  return tidy(() => {
    const ours = grad((point: Tensor) => sum(f(point)))(x).dataSync();
    const values = x.dataSync();
    const at = (i: number, step: number): number => {
      const moved = Float32Array.from(values);
      moved[i] = values[i]! + step;
      return tidy(() => Array.from(f(tensor(moved, x.shape)).dataSync())).reduce((total, value) => total + value, 0);
    };
    return Math.max(...Array.from(ours, (g, i) => Math.abs(g - (at(i, h) - at(i, -h)) / (2 * h))));
  });
}
