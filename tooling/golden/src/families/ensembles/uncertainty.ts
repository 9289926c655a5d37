import { expectedEntropy, mutualInformation, predictiveEntropy, variance, variationRatio } from '@downhill/ensembles';
import { replayOf, type Case, type Replay } from '../../cases/case-family.ts';
import type { TensorData } from '../../cases/tensor-data.ts';
import { membersOfData } from './outputs.ts';

interface UncertaintyCase extends Case {
  readonly input: { readonly probabilities: TensorData };
  readonly expected: Readonly<Record<keyof typeof measures, TensorData>>;
}

const measures = { predictiveEntropy, expectedEntropy, mutualInformation, variationRatio, variance };

/** The files have nine digits, and inputs of as many. */
const DIGITS = 2e-8;

export const uncertainty: Replay = replayOf<UncertaintyCase>(({ input, expected }, compare) => {
  const members = membersOfData(input.probabilities);
  for (const [name, measure] of Object.entries(measures))
    compare.absolute(name, measure(members), expected[name as keyof typeof measures], DIGITS);
});
