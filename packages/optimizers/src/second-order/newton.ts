import { checkNumber, complete, transform, type Transform } from '@downhill/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { checkSize } from './check-size.ts';
import { stretchesOf } from './landscape.ts';
import { MeasuredHessian } from './measured-hessian.ts';
import { checkSecondOrder, secondOrderDefaults, type SecondOrderOptions } from './options.ts';
import { asItIs, descentStep } from './step.ts';

/** Options of {@link newton}. */
export interface NewtonOptions extends SecondOrderOptions {
  /**
   * The Hessian is measured at the start of each step, again after so many iterations, and where a search fails; in between it is kept current by BFGS's
   * update, which costs no evaluation. 1 measures it at each iteration. @defaultValue 20 (ours: with the default `maxIterations` once a step)
   */
  hessianEvery?: number;
}

/** 2000 weights: 2000 evaluations and some 10¹⁰ operations for a Hessian and its inverse. */
const MOST_WEIGHTS = 2000;

/**
 * Damped Newton: the step to the minimum of the parabola that has the loss's own Hessian H, measured by differences of gradients.
 *
 *     d = −(H + τ I)⁻¹ ∇L(w)        w ← w + t d
 *
 * τ is 0 where H is positive definite, and else large enough to make it so (Levenberg 1944, Marquardt 1963); t comes from the line search. Nocedal & Wright
 * 2006, algorithm 3.2. A quadratic takes one step. A Hessian costs N evaluations of loss and gradient, O(N²) memory and O(N³) operations: for full batches and
 * up to 2000 weights; beyond that `lbfgs`.
 *
 * Looks at the loss itself: works in `minimize` and `model.fit`, not with `applyGradients`; first in its chain, since what it hands on is a step and no
 * gradient. A step that finds nothing lower leaves the weights as they are: its statistic `stepLength` is 0. No slots.
 *
 * @example
 * const rule = newton({ hessianEvery: 1 });
 * rule.name; // 'newton'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range; in a step `unsupported` for more than 2000 weights.
 */
export function newton(options: NewtonOptions = {}): Transform {
  const config = complete('newton', options, { ...secondOrderDefaults, hessianEvery: 20 });
  const { learningRate, toleranceGradient, toleranceChange, hessianEvery } = config;
  checkSecondOrder('newton', config);
  checkNumber('newton', { hessianEvery }, { min: 1, integer: true });
  return transform<never, never, Tensor, 'learningRate' | 'toleranceGradient' | 'toleranceChange'>({
    name: 'newton',
    cannotSolve: ['noisyRegression', 'digits'], // each step has another batch, and with it another curvature
    config,
    numbers: { learningRate, toleranceGradient, toleranceChange },
    gradients(access) {
      checkSize('newton', stretchesOf(access.parameters), MOST_WEIGHTS);
      return descentStep(access, config, {
        recall: ({ look }) => new MeasuredHessian(look, hessianEvery),
        keep: () => {},
      });
    },
    update: asItIs,
  });
}
