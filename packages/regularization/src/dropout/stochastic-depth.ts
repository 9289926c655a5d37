import { checkNumber, checkOneOf } from '@downhill/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { dropped } from './dropout.ts';
import { checkInput, type Randomness } from './randomness.ts';

export type StochasticDepthMode = 'row' | 'batch';

/** Options of {@link stochasticDepth}. */
export interface StochasticDepthOptions extends Randomness {
  /** The chance of a branch being left out, in [0, 1). */
  readonly rate: number;
  /** `'row'` decides for each example, `'batch'` for all of them together. @defaultValue 'row' (torchvision, timm) */
  readonly mode?: StochasticDepthMode;
  /** Instead of a seed or key: 1 keeps, 0 leaves out; `[batch, 1, ...]`, or `[1, 1, ...]` for the whole batch. */
  readonly draws?: Tensor;
}

/**
 * Leaves out a residual branch now and then, so that a deep net trains as a shorter one: add the result to the shortcut.
 *
 *     y = branch · draw / (1 − rate),  draw ~ Bernoulli(1 − rate), one for each example or for the batch
 *
 * Huang et al. 2016 (arXiv:1603.09382), equation 2, scaled in training as torchvision's `stochastic_depth` and timm's `DropPath`
 * do. For rates that grow with depth see {@link linearDecay}.
 *
 * @example
 * const y = stochasticDepth(tf.ones([4, 3]), { rate: 0.5, seed: 1 });
 * y.shape; // [4, 3]
 *
 * @throws DownhillError `invalid-argument` for a rate outside [0, 1), an unknown mode or not one source of randomness,
 * `shape-mismatch` where draws do not fit.
 */
export function stochasticDepth<T extends Tensor>(branch: T, { mode = 'row', draws, ...options }: StochasticDepthOptions): T {
  checkInput('stochasticDepth', 'branch', branch);
  checkOneOf('stochasticDepth', 'mode', mode, ['row', 'batch']);
  const noiseShape = branch.shape.map((size, axis) => (axis === 0 && mode === 'row' ? size : 1));
  const mask = draws === undefined ? {} : { mask: draws };
  return dropped('stochasticDepth', branch, { ...options, ...mask, noiseShape }, ({ rate }) => 1 / (1 - rate));
}

export type DecayConvention = 'huang2016' | 'timm' | 'torchvisionEfficientNet';

/** Options of {@link linearDecay}. */
export interface LinearDecayOptions {
  /** Residual blocks, at least 1. */
  readonly layers: number;
  /** The chance of the last block being kept, in (0, 1]. @defaultValue 0.5 (Huang et al. 2016, section 4) */
  readonly lastSurvival?: number;
  /** Whose count of the blocks. @defaultValue 'huang2016' */
  readonly convention?: DecayConvention;
}

/**
 * The chance of each residual block being kept, falling evenly with depth; its rate is 1 minus that.
 *
 *     huang2016:               1 − (l / L) (1 − p),  l = 1 … L        the first block is dropped a little
 *     timm:                    1 − (l / (L − 1)) (1 − p),  l = 0 … L − 1     from never to 1 − p
 *     torchvisionEfficientNet: 1 − (l / L) (1 − p),  l = 0 … L − 1    the last block never reaches 1 − p
 *
 * Huang et al. 2016 (arXiv:1603.09382), equation 4; timm's `drop_path_rate`; torchvision's EfficientNet.
 *
 * @example
 * const survival = linearDecay({ layers: 4, lastSurvival: 0.5 });
 * survival; // [0.875, 0.75, 0.625, 0.5]
 *
 * @throws DownhillError `invalid-argument` for layers below 1, or a chance outside (0, 1].
 */
export function linearDecay({ layers, lastSurvival = 0.5, convention = 'huang2016' }: LinearDecayOptions): number[] {
  checkNumber('linearDecay', { layers }, { min: 1, integer: true });
  checkNumber('linearDecay', { lastSurvival }, { above: 0, max: 1 });
  checkOneOf('linearDecay', 'convention', convention, ['huang2016', 'timm', 'torchvisionEfficientNet']);
  const depth = {
    huang2016: (l: number) => (l + 1) / layers,
    timm: (l: number) => (layers === 1 ? 0 : l / (layers - 1)),
    torchvisionEfficientNet: (l: number) => l / layers,
  }[convention];
  return Array.from({ length: layers }, (_, l) => 1 - depth(l) * (1 - lastSurvival));
}

/**
 * How many blocks are kept on average: the sum of their chances (Huang et al. 2016, section 3, "expected network depth").
 *
 * @example
 * expectedDepth([0.75, 0.5]); // 1.25
 */
export const expectedDepth = (survival: readonly number[]): number => survival.reduce((sum, chance) => sum + chance, 0);
