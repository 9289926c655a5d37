import { combine, fitStacked, type StackedOptions } from '@downhill/ensembles';
import { replayOf, type Case, type Replay } from '../../cases/case-family.ts';
import type { TensorData } from '../../cases/tensor-data.ts';
import { membersOfData } from './outputs.ts';

interface StackingCase extends Case {
  readonly config: { readonly C: number };
  readonly input: { readonly probabilities: TensorData; readonly labels: TensorData; readonly testProbabilities: TensorData };
  readonly expected: { readonly coefficients: TensorData; readonly intercept: TensorData; readonly testPredictions: TensorData };
}

/** The reference's solver stops at a gradient of some 1e-4, the objective a little above ours. */
const SOLVER = 1e-3;

export const stacking: Replay = replayOf<StackingCase>(({ config: { C }, input, expected }, compare) => {
  const fitted = fitStacked(membersOfData(input.probabilities), input.labels.data, { C });
  const { coefficients, intercepts } = fitted.config as unknown as StackedOptions;
  compare.relative('coefficients', coefficients.flat(), expected.coefficients, SOLVER);
  compare.absolute('intercept', intercepts, expected.intercept, SOLVER);
  compare.absolute('testPredictions', combine(membersOfData(input.testProbabilities), fitted).values, expected.testPredictions, SOLVER);
});
