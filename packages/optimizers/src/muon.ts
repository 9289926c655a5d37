import {
  chain,
  checkMask,
  checkSchedule,
  complete,
  masked,
  named,
  type ParameterGroup,
  type ScheduleLike,
  type Transform,
} from '@downhill/core';
import { scaleByAdam } from './adam.ts';
import { decayWeights } from './decay-weights.ts';
import { multiplyBy } from './multiply-by.ts';
import { scaleByNadam } from './nadam.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';
import { muonDefaults, scaleByMuon, type ScaleByMuonOptions } from './scale-by-muon.ts';

/** Options of {@link muon}; defaults from PyTorch's `Muon`, those of the other weights from timm's. */
export interface MuonOptions extends ScaleByMuonOptions {
  /** @defaultValue 1e-3 (PyTorch, Keras; the author and timm have 0.02) */
  learningRate?: ScheduleLike;
  /** λ, decoupled, of all weights. @defaultValue 0.1 (PyTorch; Keras has 0.004, the author and timm 0) */
  weightDecay?: ScheduleLike;
  /** What counts as a matrix. @defaultValue at least two axes and, laid out as a matrix, four rows and columns (timm); Keras takes two axes alone, no embeddings */
  matrices?: ParameterGroup;
  /** β₁ of the other weights, in [0, 1). @defaultValue 0.9 (the author, timm, Keras) */
  beta1?: ScheduleLike;
  /** β₂ of the other weights, in [0, 1). @defaultValue 0.95 (the author, timm; Keras has 0.999) */
  beta2?: ScheduleLike;
  /** What the learning rate of the other weights is multiplied by, at least 0. @defaultValue 1 (timm, Keras' `adam_lr_ratio`) */
  adamRatio?: ScheduleLike;
}

/**
 * Muon for what is a matrix, AdamW for the rest: trains a whole model.
 *
 *     wₜ = wₜ₋₁ − ηₜ (uₜ + λ wₜ₋₁)        u as in {@link scaleByMuon}; elsewhere as in `scaleByAdam`, with `nesterov` looking a step ahead
 *
 * Jordan et al. 2024; PyTorch's `Muon` (2.9), which leaves the other weights to the user, timm's and Keras' (3.15) with them. The author leaves embeddings
 * and the last layer to AdamW: `matrices: { minRank: 2, minSide: 4, except: ['embed/*', 'head/*'] }`.
 *
 * @example
 * const rule = muon({ learningRate: 0.01, weightDecay: 0.05 });
 * rule.name; // 'muon'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function muon(options: MuonOptions = {}): Transform {
  const config = complete('muon', options, {
    learningRate: 1e-3,
    weightDecay: 0.1,
    matrices: { minRank: 2, minSide: 4 },
    beta1: 0.9,
    beta2: 0.95,
    adamRatio: 1,
    ...muonDefaults,
  });
  const { learningRate, weightDecay, matrices, beta1, beta2, adamRatio, ...rule } = config;
  checkMask('muon', matrices);
  checkSchedule('muon', { weightDecay, adamRatio }, { min: 0 });
  checkSchedule('muon', { beta1, beta2 }, { min: 0, below: 1 });
  const numbers = { beta1, beta2, epsilon: rule.epsilon };
  const adam = rule.nesterov ? scaleByNadam({ ...numbers, momentumSchedule: 'constant' }) : scaleByAdam(numbers);
  const others = { noneOf: [matrices] };
  return named(
    'muon',
    config,
    chain(
      masked(scaleByMuon(rule), matrices),
      masked(adam, others),
      decayWeights(weightDecay),
      masked(multiplyBy('adamRatio', adamRatio), others),
      scaleByLearningRate(learningRate),
    ),
  );
}
