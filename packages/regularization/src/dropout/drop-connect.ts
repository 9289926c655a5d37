import { DownhillError, subKey } from '@downhill/core';
import { add, matMul, tidy, type Tensor, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { dropped, type DropoutOptions } from './dropout.ts';
import { checkInput, keyFrom } from './randomness.ts';

/** Options of {@link dropConnect}. */
export type DropConnectOptions = Omit<DropoutOptions, 'noiseShape'>;

/**
 * Drops weights instead of activations: give it a kernel of any shape (dense, convolution, recurrent), and multiply or convolve
 * by what comes back. One mask serves a whole batch.
 *
 *     W′ = W · mask / (1 − rate)
 *
 * Wan et al. 2013, "Regularization of Neural Networks using DropConnect", equation 2, with inverted scaling and one mask a batch
 * where the paper draws one for each example.
 *
 * @example
 * const kernel = dropConnect(tf.ones([3, 3, 8, 16]), { rate: 0.5, seed: 1 });
 * kernel.shape; // [3, 3, 8, 16]
 *
 * @throws DownhillError as `dropout`.
 */
export function dropConnect<T extends Tensor>(weights: T, options: DropConnectOptions): T {
  return dropped('dropConnect', weights, options, ({ rate }) => 1 / (1 - rate));
}

/** Options of {@link dropConnectDense}. */
export interface DropConnectDenseOptions extends DropConnectOptions {
  /** `[inputs, units]` */
  readonly kernel: Tensor2D;
  /** `[units]` */
  readonly bias?: Tensor1D;
  /** Whether the biases are dropped too. @defaultValue false */
  readonly maskBias?: boolean;
  /** With `mask` and `maskBias`: the mask of the biases. */
  readonly biasMask?: Tensor;
}

/**
 * A dense layer whose weights are dropped.
 *
 *     y = x (W · mask / (1 − rate)) + b
 *
 * `x` is `[batch, inputs]`; see {@link dropConnect}.
 *
 * @example
 * const y = dropConnectDense(tf.ones([2, 3]), { kernel: tf.ones([3, 4]), rate: 0.5, seed: 1 });
 * y.shape; // [2, 4]
 *
 * @throws DownhillError as `dropout`; `shape-mismatch` where input, kernel and bias do not fit.
 */
export function dropConnectDense(x: Tensor, options: DropConnectDenseOptions): Tensor2D {
  const { kernel, bias, maskBias = false, biasMask, ...rest } = options;
  checkInput('dropConnectDense', 'x', x);
  checkInput('dropConnectDense', 'kernel', kernel);
  const [inputs, units] = kernel.shape;
  if (x.rank !== 2 || kernel.rank !== 2 || x.shape[1] !== inputs || (bias !== undefined && bias.shape.join() !== String(units)))
    throw new DownhillError({
      code: 'shape-mismatch',
      source: 'dropConnectDense',
      problem: `\`x\` [batch, inputs], \`kernel\` [inputs, units] and \`bias\` [units] must fit, got [${x.shape.join(', ')}], [${kernel.shape.join(', ')}]${bias === undefined ? '' : ` and [${bias.shape.join(', ')}]`}`,
    });
  return tidy(() => {
    const product = matMul<Tensor2D>(x, dropConnect(kernel, rest));
    if (bias === undefined) return product;
    return add<Tensor2D>(product, maskBias ? dropConnect(bias, { ...biasSource(rest), ...(biasMask && { mask: biasMask }) }) : bias);
  });
}

/** The biases' draws are another stream than the kernel's. */
function biasSource({ rate, execution, ...source }: DropConnectOptions): DropConnectOptions {
  const key = keyFrom('dropConnectDense', source, { mask: source.mask });
  return { rate, ...(execution && { execution }), ...(key && { key: subKey(key, 'bias') }) };
}
