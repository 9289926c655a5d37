import {
  brierScore,
  classwiseCalibrationError,
  expectedCalibrationError,
  maximumCalibrationError,
  negativeLogLikelihood,
  reliabilityDiagram,
} from '@downhill/ensembles';
import { replayOf, type Case, type Replay } from '../../cases/case-family.ts';
import type { TensorData } from '../../cases/tensor-data.ts';
import { outputsOfData } from './outputs.ts';

interface MetricsCase extends Case {
  readonly config: { readonly bins: number };
  readonly input: { readonly probabilities: TensorData; readonly labels: TensorData };
  readonly expected: {
    readonly bins: readonly { readonly count: number; readonly accuracy: number; readonly confidence: number }[];
    readonly ece: number;
    readonly mce: number;
    readonly adaptiveEce: number;
    readonly brier: number;
    readonly nll: number;
    readonly accuracy: number;
    readonly meanConfidence: number;
    readonly classwiseEce: number;
  };
}

/** The files have nine digits, and inputs of as many. */
const DIGITS = 2e-8;

export const calibrationMetrics: Replay = replayOf<MetricsCase>(({ config: { bins }, input, expected }, compare) => {
  const outputs = outputsOfData(input.probabilities);
  const labels = input.labels.data;
  const diagram = reliabilityDiagram(outputs, labels, { bins });
  const ours = {
    ece: expectedCalibrationError(outputs, labels, { bins }),
    mce: maximumCalibrationError(outputs, labels, { bins }),
    adaptiveEce: expectedCalibrationError(outputs, labels, { bins, binning: 'equalMass' }),
    classwiseEce: classwiseCalibrationError(outputs, labels, { bins }),
    brier: brierScore(outputs, labels),
    accuracy: diagram.accuracy,
    meanConfidence: diagram.confidence,
  };
  for (const [what, number] of Object.entries(ours)) compare.absolute(what, number, expected[what as keyof typeof ours], DIGITS);
  compare.relative('nll', negativeLogLikelihood(outputs, labels), expected.nll, DIGITS);
  for (const what of ['count', 'accuracy', 'confidence'] as const)
    compare.absolute(
      `bins, ${what}`,
      diagram.bins.map((bin) => bin[what]),
      expected.bins.map((bin) => bin[what]),
      DIGITS,
    );
});
