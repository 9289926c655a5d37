import { checkNumber, complete, transform, zerosIn, zerosOver, type Transform } from '@downhill/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { checkSize } from './check-size.ts';
import { InverseHessian } from './inverse-hessian.ts';
import { keepInverse, recallInverse } from './inverse-slots.ts';
import { stretchesOf } from './landscape.ts';
import { keepLast, lastPoint, learnFromLast } from './last-point.ts';
import { checkSecondOrder, evaluationsFor, secondOrderDefaults, type QuasiNewtonOptions } from './options.ts';
import { asItIs, descentStep } from './step.ts';

/** Options of {@link bfgs}. */
export type BfgsOptions = QuasiNewtonOptions;

/** 5000 weights: 100 MB of slots, and 200 MB in float64 while a step lasts. */
const MOST_WEIGHTS = 5000;

/**
 * BFGS: the Newton step by an estimate of the inverse Hessian that each step betters. O(N²) memory and time, no derivative of a gradient.
 *
 *     d = −H ∇L(w)        w ← w + t d        H ← (I − ρ s yᵀ) H (I − ρ y sᵀ) + ρ s sᵀ        ρ = 1 / sᵀy
 *
 * Broyden, Fletcher, Goldfarb, Shanno 1970; Nocedal & Wright 2006, algorithm 6.1. Loop, tolerances and defaults are those of PyTorch's `LBFGS`. One step is
 * up to `maxIterations` iterations on one batch: for full batches, up to 5000 weights; beyond that `lbfgs`.
 *
 * Looks at the loss itself: works in `minimize` and `model.fit`, not with `applyGradients`; first in its chain, since what it hands on is a step and no
 * gradient. A step that finds nothing lower leaves the weights as they are: its statistic `stepLength` is 0. Slots: `inverse` `[N, ...shape]`, the columns
 * of H at this parameter over all N weights; `place`, where its own begin among them; the last point, `weight` and `gradient`.
 *
 * @example
 * const rule = bfgs({ maxIterations: 10 });
 * rule.name; // 'bfgs'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range; in a step `unsupported` for more than 5000 weights, `state-mismatch` where
 * other weights are trained than before.
 */
export function bfgs(options: BfgsOptions = {}): Transform {
  const config = complete('bfgs', options, { ...secondOrderDefaults, maxEvaluations: evaluationsFor(options) });
  const { learningRate, toleranceGradient, toleranceChange, maxEvaluations } = config;
  checkSecondOrder('bfgs', config);
  checkNumber('bfgs', { maxEvaluations }, { min: 1, integer: true });
  return transform<'inverse' | 'place' | 'weight' | 'gradient', never, Tensor, 'learningRate' | 'toleranceGradient' | 'toleranceChange'>({
    name: 'bfgs',
    cannotSolve: ['noisyRegression', 'digits'], // each step has another batch, and with it another curvature
    config,
    numbers: { learningRate, toleranceGradient, toleranceChange },
    slots(_, parameters) {
      const size = checkSize('bfgs', stretchesOf(parameters), MOST_WEIGHTS);
      return { inverse: zerosIn(size), place: zerosOver('tensor'), ...lastPoint };
    },
    gradients(access) {
      const stretches = stretchesOf(access.parameters);
      return descentStep(access, config, {
        recall({ start }) {
          const inverse = new InverseHessian(recallInverse(access, stretches));
          learnFromLast(access, stretches, inverse, start);
          return inverse;
        },
        keep({ rows }, { seen }) {
          keepInverse(access, stretches, rows);
          keepLast(access, stretches, seen);
        },
      });
    },
    update: asItIs,
  });
}
