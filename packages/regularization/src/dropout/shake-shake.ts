import { add, DownhillError, mul, randomUniform, sub, subKey, type Key } from '@downhill/core';
import { elementwise, type Elementwise, type Execution } from '@downhill/tfjs';
import { customGrad, fill, type GradSaveFunc, type Tensor } from '@tensorflow/tfjs-core';
import { checkDraws, checkInput, float32, keyFrom, type Randomness } from './randomness.ts';

/** Options of {@link shakeShake}. */
export interface ShakeShakeOptions extends Randomness {
  /** Whether the branches are mixed at random; if not, they are averaged, and no source of randomness is needed. */
  readonly training: boolean;
  /** Whether each example has its own shares. @defaultValue true ("Image" level in the paper, its best) */
  readonly perImage?: boolean;
  /** Instead of a seed or key, with `beta`: the first branch's share forward, `[batch, 1, ...]` or `[1, 1, ...]`. */
  readonly alpha?: Tensor;
  /** The first branch's share of the gradient. */
  readonly beta?: Tensor;
}

const uniform: Elementwise<never, never, 'y'> = /* @__PURE__ */ elementwise({
  name: 'shakeShake',
  inputs: [],
  compute: () => ({ y: randomUniform() }),
});
const mixing: Elementwise<'x1' | 'x2' | 'share', never, 'y'> = /* @__PURE__ */ elementwise({
  name: 'shakeShake',
  inputs: ['x1', 'x2', 'share'],
  compute: ({ inputs: { x1, x2, share } }) => ({ y: add(mul(x1, share), mul(x2, sub(1, share))) }),
});
const splitting: Elementwise<'dy' | 'share', never, 'dx1' | 'dx2'> = /* @__PURE__ */ elementwise({
  name: 'shakeShake',
  inputs: ['dy', 'share'],
  compute: ({ inputs: { dy, share } }) => ({ dx1: mul(dy, share), dx2: mul(dy, sub(1, share)) }),
});

/**
 * Mixes the two branches of a residual block with one random share on the way forward and another on the way back.
 *
 *     training: y = α x₁ + (1 − α) x₂,  dx₁ = β dy,  dx₂ = (1 − β) dy,  α and β ~ U[0, 1);   test: y = (x₁ + x₂) / 2
 *
 * Gastaldi 2017 (arXiv:1705.07485), equations 1 and 2. The gradient is not that of the function, which is the point: it is wrong
 * to check it by finite differences unless β = α.
 *
 * @example
 * const y = shakeShake(tf.ones([2, 3]), tf.zeros([2, 3]), { training: false });
 * tf.max(y).dataSync()[0]; // 0.5
 *
 * @throws DownhillError `invalid-argument` for not one source of randomness, `shape-mismatch` where branches or shares do not fit.
 */
export function shakeShake<T extends Tensor>(x1: T, x2: T, options: ShakeShakeOptions): T {
  const { training, perImage = true, alpha, beta, execution = 'fused' } = options;
  checkInput('shakeShake', 'x1', x1);
  checkInput('shakeShake', 'x2', x2);
  if (x1.shape.join() !== x2.shape.join())
    throw new DownhillError({
      code: 'shape-mismatch',
      source: 'shakeShake',
      problem: `\`x1\` and \`x2\` must have one shape, got [${x1.shape.join(', ')}] and [${x2.shape.join(', ')}]`,
    });
  const shape = x1.shape.map((size, axis) => (axis === 0 && perImage ? size : 1));
  const key = training ? keyFrom('shakeShake', options, { alpha, beta }) : undefined;
  if (alpha !== undefined) checkDraws('shakeShake', 'alpha', alpha, shape);
  if (beta !== undefined) checkDraws('shakeShake', 'beta', beta, shape);
  const share = (name: string, given: Tensor | undefined): Tensor => {
    if (!training) return fill(shape, 0.5);
    return key === undefined ? float32(given) : drawn(shape, subKey(key, name), execution);
  };
  return customGrad((a, b, save) => {
    (save as GradSaveFunc)(beta === undefined ? [] : [beta]);
    return {
      value: mixing({ x1: a as Tensor, x2: b as Tensor, share: share('alpha', alpha) }, { execution }).y,
      gradFunc: (dy: Tensor, [kept]: Tensor[]) => {
        const { dx1, dx2 } = splitting({ dy, share: share('beta', kept) }, { execution });
        return [dx1, dx2];
      },
    };
  })(x1, x2) as T;
}

const drawn = (shape: readonly number[], key: Key, execution: Execution): Tensor => uniform({}, { shape, key, execution }).y;
