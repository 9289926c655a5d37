import { calibrate, fitIsotonic, fitPlatt, type IsotonicOptions, type PlattOptions } from '@downhill/ensembles';
import { replayOf, type Case, type Replay } from '../../cases/case-family.ts';
import type { TensorData } from '../../cases/tensor-data.ts';
import { columnOf } from './outputs.ts';

interface PlattIsotonicCase extends Case {
  readonly input: { readonly scores: TensorData; readonly labels: TensorData; readonly testScores: TensorData };
  readonly expected: {
    readonly plattA: number;
    readonly plattB: number;
    readonly platt: TensorData;
    readonly isotonicX: TensorData;
    readonly isotonicY: TensorData;
    readonly isotonic: TensorData;
  };
}

/** The reference's search stops early: about four digits are meaningful. */
const SEARCH = 1e-3;
/** The files have nine digits, and inputs of as many. */
const DIGITS = 5e-9;

export const plattIsotonic: Replay = replayOf<PlattIsotonicCase>(({ input, expected }, compare) => {
  const [scores, test, labels] = [columnOf(input.scores), columnOf(input.testScores), input.labels.data];
  const platt = fitPlatt(scores, labels, { of: 'logits' });
  const { slopes, offsets } = platt.config as unknown as PlattOptions;
  compare.relative('plattA', slopes, [expected.plattA], SEARCH);
  compare.relative('plattB', offsets, [expected.plattB], SEARCH);
  compare.absolute('platt', calibrate(test, platt).values, expected.platt, SEARCH);
  const isotonic = fitIsotonic(scores, labels, { of: 'logits' });
  const [curve] = (isotonic.config as unknown as IsotonicOptions).curves;
  compare.absolute('isotonicX', curve?.x ?? [], expected.isotonicX, DIGITS);
  compare.absolute('isotonicY', curve?.y ?? [], expected.isotonicY, DIGITS);
  compare.absolute('isotonic', calibrate(test, isotonic).values, expected.isotonic, DIGITS);
});
