import { checkNumber, complete, transform, zerosIn, type Transform } from '@downhill/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { CurvaturePairs } from './curvature-pairs.ts';
import { stretchesOf } from './landscape.ts';
import { keepLast, keepRows, lastPoint, learnFromLast, readRows } from './last-point.ts';
import { checkSecondOrder, evaluationsFor, secondOrderDefaults, type QuasiNewtonOptions } from './options.ts';
import { asItIs, descentStep } from './step.ts';

/** Options of {@link lbfgs}; defaults from PyTorch's `LBFGS`. */
export interface LbfgsOptions extends QuasiNewtonOptions {
  /** m, the pairs of step and change of gradient that are kept. @defaultValue 100 (PyTorch) */
  historySize?: number;
}

/**
 * L-BFGS: the Newton step by what the last m steps told of the curvature. O(m N) memory, no matrix.
 *
 *     d = −H ∇L(w)        w ← w + t d        H from the last m pairs s = Δw, y = Δ∇L
 *
 * Nocedal 1980; Liu & Nocedal 1989; Nocedal & Wright 2006, algorithm 7.5. Loop, tolerances and defaults are those of PyTorch's `LBFGS`, but for the line
 * search, which PyTorch leaves off. One step is up to `maxIterations` iterations on one batch: for full batches, or large ones.
 *
 * Looks at the loss itself: works in `minimize` and `model.fit`, not with `applyGradients`; first in its chain, since what it hands on is a step and no
 * gradient. A step that finds nothing lower leaves the weights as they are: its statistic `stepLength` is 0. Slots: `steps` and `changes`
 * `[m, ...shape]`, newest first, and the last point, `weight` and `gradient`.
 *
 * @example
 * const rule = lbfgs({ historySize: 10 });
 * rule.name; // 'lbfgs'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function lbfgs(options: LbfgsOptions = {}): Transform {
  const config = complete('lbfgs', options, { ...secondOrderDefaults, maxEvaluations: evaluationsFor(options), historySize: 100 });
  const { learningRate, toleranceGradient, toleranceChange, maxEvaluations, historySize } = config;
  checkSecondOrder('lbfgs', config);
  checkNumber('lbfgs', { maxEvaluations, historySize }, { min: 1, integer: true });
  return transform<'steps' | 'changes' | 'weight' | 'gradient', never, Tensor, 'learningRate' | 'toleranceGradient' | 'toleranceChange'>({
    name: 'lbfgs',
    cannotSolve: ['noisyRegression'], // each step has another batch, and with it another curvature
    config,
    numbers: { learningRate, toleranceGradient, toleranceChange },
    slots: { steps: zerosIn(historySize), changes: zerosIn(historySize), ...lastPoint },
    gradients(access) {
      const stretches = stretchesOf(access.parameters);
      return descentStep(access, config, {
        recall({ start }) {
          const changes = readRows(access, stretches, 'changes', historySize);
          const steps = readRows(access, stretches, 'steps', historySize);
          const pairs = new CurvaturePairs(
            historySize,
            steps.map((step, i) => ({ step, change: changes[i] ?? step })),
          );
          learnFromLast(access, stretches, pairs, start);
          return pairs;
        },
        keep({ pairs }, { seen }) {
          const rows = (of: 'step' | 'change'): readonly Float64Array[] => pairs.map((pair) => pair[of]);
          keepRows(access, stretches, 'steps', rows('step'), [historySize]);
          keepRows(access, stretches, 'changes', rows('change'), [historySize]);
          keepLast(access, stretches, seen);
        },
      });
    },
    update: asItIs,
  });
}
