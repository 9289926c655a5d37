import { selectMembers } from '@downhill/ensembles';
import { replayOf, type Case, type Replay } from '../../cases/case-family.ts';
import type { TensorData } from '../../cases/tensor-data.ts';
import { membersOfData } from './outputs.ts';

interface SelectionCase extends Case {
  readonly config: { readonly metric: 'crossEntropy' | 'error'; readonly sortedInitialization: number; readonly rounds: number };
  readonly input: { readonly probabilities: TensorData; readonly labels: TensorData };
  readonly expected: {
    readonly individual: readonly number[];
    readonly initial: readonly number[];
    readonly trace: readonly { readonly chosen: number; readonly loss: number }[];
    readonly weights: TensorData;
    readonly bestRound: number;
  };
}

/** The files have nine digits, and inputs of as many. */
const DIGITS = 2e-8;

export const caruanaSelection: Replay = replayOf<SelectionCase>(({ config, input, expected }, compare) => {
  const { metric: loss, sortedInitialization, rounds } = config;
  const selection = selectMembers(membersOfData(input.probabilities), input.labels.data, { loss, sortedInitialization, rounds });
  const taken = selection.counts.reduce((a, b) => a + b, 0);
  compare.absolute('individual', selection.individual, expected.individual, DIGITS);
  compare.same('initial', selection.initial, expected.initial);
  compare.same(
    'chosen',
    selection.trace.map(({ chosen }) => chosen),
    expected.trace.map(({ chosen }) => chosen),
  );
  compare.absolute(
    'losses',
    selection.trace.map((round) => round.loss),
    expected.trace.map((round) => round.loss),
    DIGITS,
  );
  compare.absolute(
    'weights',
    selection.counts.map((count) => count / taken),
    expected.weights,
    DIGITS,
  );
  compare.same('bestRound', selection.bestRound, expected.bestRound);
});
