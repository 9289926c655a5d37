import {
  add,
  checkNumber,
  checkSchedule,
  clamp,
  complete,
  div,
  filledWith,
  max,
  min,
  mul,
  neg,
  pow,
  sqrt,
  square,
  sub,
  transform,
  zeros,
  type Expression,
  type ScheduleLike,
  type Transform,
} from '@downhill/core';

/** Options of {@link ftrl}; defaults from Keras' `Ftrl`. */
export interface FtrlOptions {
  /** α, above 0 at every step: it divides. @defaultValue 1e-3 (Keras) */
  learningRate?: ScheduleLike;
  /** How the rate falls with n, at most 0; 0 leaves it constant. @defaultValue -0.5 (Keras, the paper) */
  learningRatePower?: ScheduleLike;
  /** What n starts at, at least 0: no schedule. @defaultValue 0.1 (Keras; the paper has 0) */
  initialAccumulator?: number;
  /** β, at least 0: slows the first steps. @defaultValue 0 (Keras; the paper has 1) */
  beta?: ScheduleLike;
  /** λ₁, at least 0: weights that the gradients do not push further than this are exactly 0. @defaultValue 0 (Keras) */
  l1?: ScheduleLike;
  /** λ₂, at least 0, of the penalty λ₂ ‖w‖²: twice the paper's. @defaultValue 0 (Keras) */
  l2?: ScheduleLike;
  /** At least 0: an L2 penalty in the loss, 2 λ w added to the gradient. @defaultValue 0 (Keras) */
  l2Shrinkage?: ScheduleLike;
}

/** 0/0, of a weight that no gradient has moved yet, is 0. */
const TINY = 2 ** -126;

/** Squares of larger gradients would overflow. */
const MOST = 2 ** 126;

/**
 * FTRL-Proximal, for sparse linear models: the weight is the minimum of all gradients so far as slopes, with penalties.
 *
 *     nₜ = nₜ₋₁ + gₜ²        σₜ = (nₜ^−p − nₜ₋₁^−p) / α        zₜ = zₜ₋₁ + gₜ − σₜ wₜ₋₁
 *     wₜ = 0 where |zₜ| ≤ λ₁, else (sign(zₜ) λ₁ − zₜ) / ((β + nₜ^−p) / α + 2 λ₂)
 *
 * McMahan et al. 2013, algorithm 1; p and the shrinkage as in Keras. Where a weight starts counts only through σ: without a gradient it
 * goes to 0. Slots: `z`, and √n as `root`, which is needed before and after; shaped like the parameter.
 *
 * @example
 * const rule = ftrl({ learningRate: 0.1, l1: 1 });
 * rule.name; // 'ftrl'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function ftrl(options: FtrlOptions = {}): Transform {
  const config = complete('ftrl', options, {
    learningRate: 1e-3,
    learningRatePower: -0.5,
    initialAccumulator: 0.1,
    beta: 0,
    l1: 0,
    l2: 0,
    l2Shrinkage: 0,
  });
  const { initialAccumulator, ...numbers } = config;
  const { learningRate, learningRatePower, beta, l1, l2, l2Shrinkage } = numbers;
  checkSchedule('ftrl', { learningRate }, { above: 0 });
  checkSchedule('ftrl', { learningRatePower }, { max: 0 });
  checkSchedule('ftrl', { beta, l1, l2, l2Shrinkage }, { min: 0 });
  checkNumber('ftrl', { initialAccumulator }, { min: 0 });
  return transform({
    name: 'ftrl',
    config,
    numbers,
    slots: { z: zeros, root: filledWith(Math.sqrt(initialAccumulator)) },
    scalars(_, now) {
      checkNumber('ftrl', { learningRate: now.learningRate }, { above: 0 }, 'Let the schedule end above 0.');
      return { power: -2 * now.learningRatePower, perRate: 1 / now.learningRate };
    },
    update(g, { parameter, slots, scalars, numbers: now }) {
      const root = sqrt(min(add(square(slots.root), square(g)), MOST));
      const speed = (x: Expression): Expression => (learningRatePower === -0.5 ? x : pow(x, scalars.power));
      const sigma = mul(sub(speed(root), speed(slots.root)), scalars.perRate);
      const slope = add(g, mul(mul(parameter, 2), now.l2Shrinkage));
      const z = add(slots.z, sub(slope, mul(sigma, parameter)));
      const curvature = add(mul(add(speed(root), now.beta), scalars.perRate), mul(2, now.l2));
      const slack = l1 === 0 ? neg(z) : sub(clamp(z, neg(now.l1), now.l1), z);
      const next = div(slack, initialAccumulator === 0 ? max(curvature, TINY) : curvature);
      return { update: sub(parameter, next), slots: { z, root } };
    },
  });
}
