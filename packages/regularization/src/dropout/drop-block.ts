import { checkNumber, DownhillError, schedule, type Key, type Schedule } from '@downhill/core';
import type { Execution } from '@downhill/tfjs';
import { add, clone, div, maxPool, mul, pad, sub, sum, tidy, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { diagonal, type Apply } from './diagonal.ts';
import { coins } from './dropout.ts';
import { checkDraws, checkInput, checkRate, float32, keyFrom, type Randomness } from './randomness.ts';

/** Options of {@link dropBlock}. */
export interface DropBlockOptions extends Randomness {
  /** The share of a map that is dropped, as far as blocks do not overlap; in [0, 1). */
  readonly rate: number;
  /** The length of a square block's side, from 1 to that of the map. */
  readonly blockSize: number;
  /** Instead of a seed or key: 1 where a block has its top left corner, `[batch, height − b + 1, width − b + 1, channels]`. */
  readonly seedMask?: Tensor;
}

/**
 * Drops square blocks of feature maps `[batch, height, width, channels]`, each channel's its own, and scales the rest up by the
 * share that is left.
 *
 *     γ = rate · height · width / (b² (height − b + 1) (width − b + 1)),  seeds ~ Bernoulli(γ)
 *     y = x · mask · size / (10⁻⁶ + Σ mask);   dx = dy · the same
 *
 * Ghiasi et al. 2018 (arXiv:1810.12890), algorithm 1 and equation 1; torchvision's `drop_block2d`, which also scales by the sum
 * over the whole batch. The paper raises the rate from 0 on over the run: see {@link rampUp}.
 *
 * @example
 * const y = dropBlock(tf.ones([1, 8, 8, 4]), { rate: 0.1, blockSize: 3, seed: 1 });
 * y.shape; // [1, 8, 8, 4]
 *
 * @throws DownhillError `invalid-argument` for a rate outside [0, 1), a block that is larger than the map, or not one source of
 * randomness; `shape-mismatch` for other than four axes, or seeds that do not fit.
 */
export function dropBlock<T extends Tensor>(x: T, options: DropBlockOptions): T {
  const { rate, blockSize, seedMask, execution = 'fused' } = options;
  checkInput('dropBlock', 'x', x);
  checkRate('dropBlock', rate);
  checkBlockFits('dropBlock', x.shape, blockSize);
  const [batch = 0, height = 0, width = 0, channels = 0] = x.shape;
  const seedShape = [batch, height - blockSize + 1, width - blockSize + 1, channels];
  const key = keyFrom('dropBlock', options, { seedMask });
  if (seedMask !== undefined) checkDraws('dropBlock', 'seedMask', seedMask, seedShape);
  if (rate === 0 && seedMask === undefined) return clone(x);
  const gamma = dropBlockGamma({ rate, blockSize, height, width });
  const apply: Apply = (input, [given]) => {
    const mask = blockMask(key === undefined ? float32(given) : seeds(seedShape, gamma, key, execution), blockSize);
    return mul(mul(input, mask), div(x.size, add(sum(mask), 1e-6)));
  };
  return diagonal(x, apply, seedMask === undefined ? [] : [seedMask]);
}

/** What {@link dropBlockGamma} goes by. */
export interface DropBlockGammaOptions {
  readonly rate: number;
  readonly blockSize: number;
  readonly height: number;
  readonly width: number;
}

/**
 * The chance of a block starting at a place where it fits, for a share of `rate` to be dropped: Ghiasi et al. 2018, equation 1.
 * At most 1.
 *
 * @example
 * dropBlockGamma({ rate: 0.25, blockSize: 1, height: 6, width: 6 }); // 0.25
 */
export function dropBlockGamma({ rate, blockSize, height, width }: DropBlockGammaOptions): number {
  const places = (height - blockSize + 1) * (width - blockSize + 1);
  return Math.min(1, (rate * height * width) / (blockSize * blockSize * places));
}

/**
 * Where nothing is dropped: 1 for each element that no block covers. The seeds `[batch, height, width, channels]` are 1 at the
 * top left corners of blocks; the mask is larger by `blockSize − 1` along both sides.
 *
 * @example
 * const mask = blockMask(tf.tensor4d([1, 0, 0, 0], [1, 2, 2, 1]), 2);
 * [...mask.dataSync()]; // [0, 0, 1, 0, 0, 1, 1, 1, 1]
 */
export function blockMask(seedMask: Tensor, blockSize: number): Tensor {
  const around = blockSize - 1;
  return tidy(() => {
    const padded = pad(seedMask as Tensor4D, [
      [0, 0],
      [around, around],
      [around, around],
      [0, 0],
    ]);
    return sub(1, maxPool(padded, blockSize, 1, 'valid'));
  });
}

/** Options of {@link rampUp}. */
export interface RampUpOptions {
  /** The value at the end, and from then on. */
  readonly to: number;
  /** Training steps until then, at least 1. */
  readonly steps: number;
}

/**
 * A rate that grows evenly from 0: DropBlock's schedule (Ghiasi et al. 2018, section 3.1, "scheduled DropBlock").
 *
 *     rate(t) = to · min(t / steps, 1)
 *
 * @example
 * const rate = rampUp({ to: 0.1, steps: 1000 });
 * rate.at(500); // 0.05
 *
 * @throws DownhillError `invalid-argument` for a value outside [0, 1) or steps below 1.
 */
export function rampUp({ to, steps }: RampUpOptions): Schedule {
  checkRate('rampUp', to);
  checkNumber('rampUp', { steps }, { min: 1, integer: true });
  return schedule({ name: 'rampUp', config: { to, steps }, at: (step) => to * Math.min(step / steps, 1) });
}

const seeds = (shape: readonly number[], gamma: number, key: Key, execution: Execution): Tensor =>
  tidy(() => sub(1, coins(shape, gamma, key, execution)));

/**
 * Looks at the shape of maps, in which a length that is not known yet is null.
 *
 * @throws DownhillError `shape-mismatch` for other than four axes, `invalid-argument` for a block that is larger than the map.
 */
export function checkBlockFits(source: string, shape: readonly (number | null)[], blockSize: number): void {
  if (shape.length !== 4)
    throw new DownhillError({
      code: 'shape-mismatch',
      source,
      problem: `\`x\` must be [batch, height, width, channels], got the shape [${shape.join(', ')}]`,
    });
  const [, height, width] = shape;
  const sides = [height, width].filter((side) => typeof side === 'number');
  checkNumber(
    source,
    { blockSize },
    { min: 1, max: Math.min(Number.MAX_SAFE_INTEGER, ...sides), integer: true },
    `A block must fit into the map of ${height} x ${width}.`,
  );
}
