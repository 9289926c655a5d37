import { float, gammaCount, parzenEstimator } from '@downhill/tuning';
import { replayOf, type Case, type Replay } from '../../cases/case-family.ts';
import type { TensorData } from '../../cases/tensor-data.ts';

interface ParzenCase extends Case {
  readonly config: {
    readonly low: number;
    readonly high: number;
    readonly log: boolean;
    readonly priorWeight: number;
    readonly gammaCount: number;
    readonly magicClip: boolean;
  };
  readonly input: { readonly observations: TensorData; readonly candidates: TensorData };
  readonly expected: {
    readonly weights: TensorData;
    readonly mus: TensorData;
    readonly sigmas: TensorData;
    readonly kernelLow: number;
    readonly kernelHigh: number;
    readonly logPdf: TensorData;
  };
}

/** The files have nine digits, and inputs of as many. */
const DIGITS = 2e-8;

export const tpeParzen: Replay = replayOf<ParzenCase>(({ config, input: { observations, candidates }, expected }, compare) => {
  const { low, high, log, priorWeight, magicClip } = config;
  const found = parzenEstimator(
    { x: float(low, high, { log }) },
    observations.data.map((x) => ({ x })),
    { multivariate: false, priorWeight, considerMagicClip: magicClip },
  );
  compare.same('gammaCount', gammaCount(observations.data.length, 'linear'), config.gammaCount);
  compare.absolute('weights', found.weights, expected.weights, DIGITS);
  const kernels = found.kernels['x'];
  if (kernels?.kind !== 'number') throw new Error('a float should have kernels over numbers');
  compare.absolute('mus', [...kernels.mus], expected.mus, DIGITS);
  compare.absolute('sigmas', [...kernels.sigmas], expected.sigmas, DIGITS);
  compare.absolute('kernelLow', kernels.scale.low, expected.kernelLow, DIGITS);
  compare.absolute('kernelHigh', kernels.scale.high, expected.kernelHigh, DIGITS);
  const logPdf = candidates.data.map((x) => found.logPdf({ x }));
  compare.absolute('logPdf', logPdf, expected.logPdf, DIGITS);
});
