import { checkNumber, complete } from '@downhill/core';
import type { LossOfWeights } from '../differentiation/loss-of-weights.ts';
import type { Cadence } from '../meters/cadence.ts';
import { meter, scalar, type Measurement, type Meter } from '../meters/meter.ts';
import { hessianEigenvalues } from './hessian-eigenvalues.ts';
import { hessianTrace } from './hessian-trace.ts';

/** Options of {@link curvatureMeter}. */
export interface CurvatureMeterOptions {
  /** How many of the largest eigenvalues. @defaultValue 1 */
  readonly largest?: number;
  /** How many of the smallest. @defaultValue 0 */
  readonly smallest?: number;
  /** The most Hessian-vector products for eigenvalues. @defaultValue 20 */
  readonly iterations?: number;
  /** Random vectors for the trace; 0 leaves it out. @defaultValue 0 */
  readonly traceSamples?: number;
  /** @defaultValue 0 */
  readonly seed?: number;
  readonly every?: Cadence;
}

/**
 * The curvature of the loss on the batch of a step, before the step: `curvature/largest 1` and so on, `curvature/smallest 1`, `curvature/trace`. With a rate
 * above 2 / `largest 1` plain gradient descent leaves the valley. Layers run as in inference.
 *
 * Cost: 4 passes forward and back for each Hessian-vector product, at most `iterations + traceSamples` of them (a few more where the step is refined).
 *
 * @example
 * const curvature = curvatureMeter({ largest: 2, iterations: 10, every: 'epoch' });
 * curvature.cost; // { forward: 40, backward: 40 }
 *
 * @throws DownhillError `invalid-argument` for options out of range.
 */
export function curvatureMeter(options: CurvatureMeterOptions = {}): Meter {
  const { every, traceSamples, ...rest } = complete('curvatureMeter', options, {
    largest: 1,
    smallest: 0,
    iterations: 20,
    traceSamples: 0,
    seed: 0,
    every: undefined,
  });
  const { largest, smallest, iterations, seed } = rest;
  checkNumber('curvatureMeter', { largest, smallest, traceSamples }, { min: 0, integer: true });
  checkNumber('curvatureMeter', { iterations }, { min: Math.max(1, largest, smallest), integer: true });
  checkNumber('curvatureMeter', { seed }, { integer: true });
  const passes = 4 * ((largest + smallest > 0 ? iterations : 0) + traceSamples);
  return meter({
    name: 'curvature',
    cost: { forward: passes, backward: passes },
    needs: ['batch'],
    ...(every === undefined ? {} : { every }),
    begin: ({ objective, variables }) => ({
      async beforeStep({ batch }) {
        if (objective === undefined) return [];
        const of: LossOfWeights = { kind: 'loss of weights', weights: variables, loss: () => objective(batch, { training: false }) };
        const found: Measurement[] = [];
        if (largest + smallest > 0) {
          const ends = await hessianEigenvalues(of, rest);
          for (const end of ['largest', 'smallest'] as const)
            ends[end].forEach(({ eigenvalue }, i) => found.push(scalar(`curvature/${end} ${i + 1}`, eigenvalue)));
        }
        if (traceSamples > 0) {
          const { trace } = await hessianTrace(of, { samples: traceSamples, tolerance: 0, seed });
          found.push(scalar('curvature/trace', trace));
        }
        return found;
      },
    }),
  });
}
