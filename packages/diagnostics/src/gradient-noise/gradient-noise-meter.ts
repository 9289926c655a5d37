import { checkNumber, complete } from '@downhill/core';
import type { Cadence } from '../meters/cadence.ts';
import { meter, scalar, type Measurement, type Meter } from '../meters/meter.ts';
import { innerProductTest, normTest, orthogonalityTest } from './batch-size-tests.ts';
import { cabsBatchSize } from './cabs-batch-size.ts';
import { examplesIn, gradientMoments, sumOf, type GradientMoments } from './gradient-moments.ts';
import { evidenceCriterion, meanSignalToNoise } from './signal-to-noise.ts';
import { gradientsOfParts } from './sample-gradients.ts';

/** Options of {@link gradientNoiseMeter}. */
export interface GradientNoiseMeterOptions {
  /** Into how many parts the batch is cut. @defaultValue 8 */
  readonly parts?: number;
  /** How much of the old average the parts of the noise scale keep at each measurement, in [0, 1). @defaultValue 0.9 */
  readonly smoothing?: number;
  readonly every?: Cadence;
}

/** Averages that begin at 0: their quotient needs no correction for that. */
type Averages = { readonly squaredNorm: number; readonly trace: number };

/**
 * What the spread of the gradients within a batch says about the batch size: `gradient noise/norm test`, `/inner product test`, `/orthogonality test`,
 * `/signal to noise` (its mean), `/evidence criterion`, `/noise scale` in examples, and where a learning rate is known `/CABS batch size`.
 * Layers run as in inference.
 *
 * The noise scale is tr(Σ) / ‖G‖², both unbiased (McCandlish et al. 2018, appendix A.1, with all parts as the small batches) and averaged over measurements
 * before they are divided.
 *
 * Cost: a pass forward and back over the batch, in parts; it reads the gradients, 8 bytes a weight and part.
 *
 * @example
 * const noise = gradientNoiseMeter({ parts: 4, every: 50 });
 * noise.cost; // { forward: 1, backward: 1 }
 *
 * @throws DownhillError `invalid-argument` for options out of range.
 */
export function gradientNoiseMeter(options: GradientNoiseMeterOptions = {}): Meter {
  const { parts, smoothing, every } = complete('gradientNoiseMeter', options, { parts: 8, smoothing: 0.9, every: undefined });
  checkNumber('gradientNoiseMeter', { parts }, { min: 2, integer: true });
  checkNumber('gradientNoiseMeter', { smoothing }, { min: 0, below: 1 });
  return meter({
    name: 'gradient noise',
    cost: { forward: 1, backward: 1 },
    needs: ['batch'],
    ...(every === undefined ? {} : { every }),
    begin({ objective, variables }) {
      let averages: Averages = { squaredNorm: 0, trace: 0 };
      let moments: GradientMoments | undefined;
      return {
        async beforeStep({ batch }) {
          moments = undefined;
          if (objective === undefined || (batch.ys.shape[0] ?? 1) < 2) return;
          const { gradients, examplesPerRow } = await gradientsOfParts(variables, batch, parts, (part) =>
            objective(part, { training: false }),
          );
          moments = gradientMoments(gradients, { examplesPerRow });
          averages = averaged(averages, moments, smoothing);
        },
        afterStep({ report }) {
          if (moments === undefined) return [];
          const { learningRate } = report.scalars;
          return [...noiseOf(moments, averages), ...cabs(moments, learningRate, report.loss)];
        },
        saveState: () => averages,
        loadState(state) {
          averages = state as Averages;
        },
      };
    },
  });
}

/** ‖G‖² = ‖g‖² − tr(Σ)/B is what appendix A.1 gives for the mean over all parts as small batches. */
function averaged(old: Averages, moments: GradientMoments, smoothing: number): Averages {
  const trace = sumOf(moments.variance);
  const mix = (before: number, now: number): number => smoothing * before + (1 - smoothing) * now;
  return {
    squaredNorm: mix(old.squaredNorm, moments.squaredNorm - trace / examplesIn(moments)),
    trace: mix(old.trace, trace),
  };
}

function noiseOf(moments: GradientMoments, { squaredNorm, trace }: Averages): Measurement[] {
  return [
    scalar('gradient noise/norm test', normTest(moments)),
    scalar('gradient noise/inner product test', innerProductTest(moments)),
    scalar('gradient noise/orthogonality test', orthogonalityTest(moments)),
    scalar('gradient noise/signal to noise', meanSignalToNoise(moments)),
    scalar('gradient noise/evidence criterion', evidenceCriterion(moments)),
    scalar('gradient noise/noise scale', trace / squaredNorm),
  ];
}

const cabs = (moments: GradientMoments, learningRate: number | undefined, loss: number): Measurement[] =>
  learningRate !== undefined && learningRate > 0 && loss > 0
    ? [scalar('gradient noise/CABS batch size', cabsBatchSize(moments, { learningRate, loss }))]
    : [];
