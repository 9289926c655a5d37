import { checkNumber, complete, type Json } from '@downhill/core';
import { meter, scalar, type Meter } from './meter.ts';

export interface LossMeterOptions {
  /** How much of the old average stays at each step, in [0, 1). @defaultValue 0.98, fastai's `AvgSmoothLoss` */
  readonly beta?: number;
}

/**
 * The loss of the batch (`loss`), penalties included, and its smoothed course (`loss/smoothed`): an exponential average over all steps,
 * without the pull towards 0 at the start.
 *
 *     aₜ = β aₜ₋₁ + (1 − β) lossₜ        smoothed = aₜ / (1 − βᵗ)
 *
 * As fastai's `AvgSmoothLoss`; the correction is that of Kingma & Ba 2015, section 3. Losses that are not finite are left out of the
 * average. Cost: no pass. Its state is kept in checkpoints.
 *
 * @example
 * const smooth = lossMeter({ beta: 0.9 });
 * smooth.cost; // { forward: 0, backward: 0 }
 *
 * @throws DownhillError `invalid-argument` for a `beta` outside [0, 1).
 */
export function lossMeter(options: LossMeterOptions = {}): Meter {
  const { beta } = complete('lossMeter', options, { beta: 0.98 });
  checkNumber('lossMeter', { beta }, { min: 0, below: 1 });
  return meter({
    name: 'loss',
    begin() {
      let average = 0;
      let pull = 1; // βᵗ
      return {
        follow({ loss }) {
          if (!Number.isFinite(loss)) return;
          average = beta * average + (1 - beta) * loss;
          pull *= beta;
        },
        afterStep: ({ report: { loss } }) => [scalar('loss', loss), ...(pull < 1 ? [scalar('loss/smoothed', average / (1 - pull))] : [])],
        saveState: () => ({ average, pull }),
        loadState: (state) => ({ average, pull } = state as Record<'average' | 'pull', Json & number>),
      };
    },
  });
}
