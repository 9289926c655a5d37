import { calibrate, expectedCalibrationError, fitTemperature, negativeLogLikelihood, temperature } from '@downhill/ensembles';
import { replayOf, type Case, type Replay } from '../../cases/case-family.ts';
import type { TensorData } from '../../cases/tensor-data.ts';
import { outputsOfData } from './outputs.ts';

interface TemperatureCase extends Case {
  readonly input: { readonly logits: TensorData; readonly labels: TensorData };
  readonly expected: {
    readonly temperature: number;
    readonly nllBefore: number;
    readonly nllAfter: number;
    readonly eceBefore: number;
    readonly eceAfter: number;
  };
}

/** Six digits of the reference's temperature are meaningful. */
const SEARCH = 2e-6;
/** The files have nine digits; the likelihood is level at its best temperature. */
const DIGITS = 2e-8;

export const temperatureScaling: Replay = replayOf<TemperatureCase>(({ input, expected }, compare) => {
  const logits = outputsOfData(input.logits);
  const labels = input.labels.data;
  const fitted = fitTemperature(logits, labels, { of: 'logits' });
  const [before, after] = [calibrate(logits, temperature(1, { of: 'logits' })), calibrate(logits, fitted)];
  compare.relative('temperature', (fitted.config as readonly [number])[0], expected.temperature, SEARCH);
  compare.absolute('nllBefore', negativeLogLikelihood(before, labels), expected.nllBefore, DIGITS);
  compare.absolute('nllAfter', negativeLogLikelihood(after, labels), expected.nllAfter, DIGITS);
  compare.absolute('eceBefore', expectedCalibrationError(before, labels), expected.eceBefore, DIGITS);
  compare.absolute('eceAfter', expectedCalibrationError(after, labels), expected.eceAfter, SEARCH);
});
