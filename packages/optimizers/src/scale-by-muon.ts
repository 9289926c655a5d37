import {
  chain,
  checkNumber,
  checkOneOf,
  checkSchedule,
  complete,
  lerp,
  named,
  transform,
  zeros,
  type ScheduleLike,
  type Transform,
} from '@downhill/core';
import { mul, reshape, type Tensor } from '@tensorflow/tfjs-core';
import { coefficients, orthogonalized } from './newton-schulz.ts';

/** Options of {@link scaleByMuon}; defaults from PyTorch's `Muon`, unless it says otherwise. */
export interface ScaleByMuonOptions {
  /** The share of the old momentum that stays, in [0, 1). @defaultValue 0.95 (the author, PyTorch, Keras, timm) */
  momentum?: ScheduleLike;
  /** @defaultValue true (the author, PyTorch, Keras; timm has false) */
  nesterov?: boolean;
  /** Newton-Schulz iterations. @defaultValue 5 (the author, PyTorch, Keras, timm) */
  steps?: number;
  /** `'original'`: one triple for all iterations; `'quintic'`: one for each of five. @defaultValue 'original' (the author, PyTorch, Keras; timm has 'quintic') */
  coefficients?: 'original' | 'quintic';
  /** The least norm that a matrix is divided by, at least 0. @defaultValue 1e-7 (PyTorch, timm; the author and Keras add it) */
  epsilon?: ScheduleLike;
  /** The norm is taken so many times as large, above 0. @defaultValue 1 (timm) */
  safetyFactor?: ScheduleLike;
  /**
   * How long the update of a matrix is: `'matchRmsAdamw'` about as AdamW's, so that one learning rate suits both: 0.2 √max(out, in);
   * `'original'` √max(1, out / in); `'rmsToRms'` √(out / in). @defaultValue 'matchRmsAdamw' (timm, Keras' `rms_rate`, Liu et al. 2025; the author and PyTorch have 'original')
   */
  adjustLearningRate?: 'original' | 'matchRmsAdamw' | 'rmsToRms';
}

export const muonDefaults: Required<ScaleByMuonOptions> = {
  momentum: 0.95,
  nesterov: true,
  steps: 5,
  coefficients: 'original',
  epsilon: 1e-7,
  safetyFactor: 1,
  adjustLearningRate: 'matchRmsAdamw',
};

const lengths: Readonly<Record<Required<ScaleByMuonOptions>['adjustLearningRate'], (rows: number, columns: number) => number>> = {
  original: (rows, columns) => Math.sqrt(Math.max(1, columns / rows)),
  matchRmsAdamw: (rows, columns) => 0.2 * Math.sqrt(Math.max(columns, rows)),
  rmsToRms: (rows, columns) => Math.sqrt(columns / rows),
};

/**
 * The Muon direction: a momentum whose singular values are all made 1. For matrices and kernels alone.
 *
 *     mₜ = μ mₜ₋₁ + (1 − μ) gₜ        uₜ = s · NewtonSchulz(mₜ)        nesterov: of μ mₜ + (1 − μ) gₜ
 *
 * Jordan et al. 2024 (kellerjordan.github.io/posts/muon); lengths s by Liu et al. 2025 (arXiv:2502.16982). The last axis is the output; of a
 * kernel with more axes all others make up the input, as timm has it. A third of the work is matrix products by tfjs. Slots: `m`.
 *
 * @example
 * const rule = scaleByMuon({ steps: 3 });
 * masked(rule, { minRank: 2 }).parts.length; // 2
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function scaleByMuon(options: ScaleByMuonOptions = {}): Transform {
  const config = complete('scaleByMuon', options, muonDefaults);
  const { momentum, nesterov, steps, epsilon, safetyFactor, adjustLearningRate } = config;
  checkSchedule('scaleByMuon', { momentum }, { min: 0, below: 1 });
  checkSchedule('scaleByMuon', { epsilon }, { min: 0 });
  checkSchedule('scaleByMuon', { safetyFactor }, { above: 0 });
  checkNumber('scaleByMuon', { steps }, { min: 1, integer: true });
  checkOneOf('scaleByMuon', 'coefficients', config.coefficients, ['original', 'quintic']);
  checkOneOf('scaleByMuon', 'adjustLearningRate', adjustLearningRate, ['original', 'matchRmsAdamw', 'rmsToRms']);
  const average = transform({
    name: 'scaleByMuon',
    config,
    numbers: { momentum },
    slots: { m: zeros },
    update(g, { slots, numbers }) {
      const m = lerp(g, slots.m, numbers.momentum);
      return { update: nesterov ? lerp(g, m, numbers.momentum) : m, slots: { m } };
    },
  });
  const orthogonalize = transform<never, never, Tensor, 'epsilon' | 'safetyFactor'>({
    name: 'orthogonalize',
    config,
    numbers: { epsilon, safetyFactor },
    matrix(g, { numbers }) {
      const columns = g.shape.at(-1) ?? 1;
      const rows = g.size / columns;
      const x = orthogonalized(reshape(g, [rows, columns]), { ...numbers, steps, coefficients: coefficients[config.coefficients] });
      return { update: reshape(mul(x, lengths[adjustLearningRate](rows, columns)), g.shape) };
    },
  });
  return named('scaleByMuon', config, chain(average, orthogonalize));
}
