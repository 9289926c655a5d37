import {
  cabsBatchSize,
  evidenceCriterion,
  gradientMoments,
  innerProductTest,
  meanSignalToNoise,
  noiseScale,
  noiseScaleFromTwoBatches,
  normTest,
  orthogonalityTest,
  signalToNoise,
} from '@downhill/diagnostics';
import { replayOf, type Replay } from '../../cases/case-family.ts';
import type { TensorData } from '../../cases/tensor-data.ts';

interface NoiseCase {
  readonly config: { readonly learningRate: number; readonly loss: number };
  readonly input: { readonly gradients: TensorData };
  readonly expected: {
    readonly mean: TensorData;
    readonly gradientNormSquared: number;
    readonly variance: TensorData;
    readonly normTest: number;
    readonly innerTest: number;
    readonly orthogonalityTest: number;
    readonly gsnr: TensorData;
    readonly meanGsnr: number;
    readonly ebCriterion: number;
    readonly cabsBatchSize: number;
    readonly noiseScaleSimple: number;
    readonly noiseScaleTwoBatches: {
      readonly small: number;
      readonly big: number;
      readonly gradientNormSquared: number;
      readonly traceCovariance: number;
      readonly noiseScale: number;
    };
  };
}

const TOLERANCE = 1e-6;

export const gradientNoiseFile: Replay = replayOf<NoiseCase>(({ config, input: { gradients }, expected }, compare) => {
  const [count = 0, size = 0] = gradients.shape;
  const rows = Array.from({ length: count }, (_, i) => gradients.data.slice(i * size, (i + 1) * size));
  const moments = gradientMoments(rows);
  compare.relative('mean', moments.mean, expected.mean.data, TOLERANCE);
  compare.relative('gradientNormSquared', moments.squaredNorm, expected.gradientNormSquared, TOLERANCE);
  compare.relative('variance', moments.variance, expected.variance.data, TOLERANCE);
  compare.relative('normTest', normTest(moments), expected.normTest, TOLERANCE);
  compare.relative('innerTest', innerProductTest(moments), expected.innerTest, TOLERANCE);
  compare.relative('orthogonalityTest', orthogonalityTest(moments), expected.orthogonalityTest, TOLERANCE);
  compare.relative('gsnr', signalToNoise(moments), expected.gsnr.data, TOLERANCE);
  compare.relative('meanGsnr', meanSignalToNoise(moments), expected.meanGsnr, TOLERANCE);
  compare.relative('ebCriterion', evidenceCriterion(moments), expected.ebCriterion, TOLERANCE);
  compare.relative('cabsBatchSize', cabsBatchSize(moments, config), expected.cabsBatchSize, TOLERANCE);
  compare.relative('noiseScaleSimple', noiseScale(moments), expected.noiseScaleSimple, TOLERANCE);

  const { small, big, ...parts } = expected.noiseScaleTwoBatches;
  const squaredNormOf = (examples: number): number => gradientMoments(rows.slice(0, examples)).squaredNorm;
  const found = noiseScaleFromTwoBatches(
    { examples: small, squaredNorm: squaredNormOf(small) },
    { examples: big, squaredNorm: squaredNormOf(big) },
  );
  compare.relative('two batches: norm', found.squaredNorm, parts.gradientNormSquared, TOLERANCE);
  compare.relative('two batches: trace', found.trace, parts.traceCovariance, TOLERANCE);
  compare.relative('two batches: noise scale', found.noiseScale, parts.noiseScale, TOLERANCE);
});
