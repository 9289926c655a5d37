import { combine, geometric, majority, median, oneHotOutputs, predictedClasses, weighted, type Outputs } from '@downhill/ensembles';
import { replayOf, type Case, type Replay } from '../../cases/case-family.ts';
import type { Comparison } from '../../cases/comparison.ts';
import type { TensorData } from '../../cases/tensor-data.ts';
import { membersOfData } from './outputs.ts';

interface VotingCase extends Case {
  readonly config: { readonly weights: readonly number[] | null; readonly members: number };
  readonly input: { readonly probabilities?: TensorData; readonly labels?: TensorData };
  readonly expected: Readonly<Record<string, TensorData>>;
}

/** The files have nine digits, and inputs of as many. */
const DIGITS = 2e-9;

export const voting: Replay = replayOf<VotingCase>(({ config, input, expected }, compare) => {
  const weights = config.weights ?? Array.from({ length: config.members }, () => 1);
  const total = weights.reduce((a, b) => a + b, 0);
  const members = input.probabilities === undefined ? named(input.labels) : membersOfData(input.probabilities);
  const soft = combine(members, weighted(weights));
  const votes = combine(members, majority({ weights }));
  const pooled = combine(members, geometric({ weights })).values;
  absolute(compare, expected, {
    soft: soft.values,
    softLabels: predictedClasses(soft),
    votes: votes.values.map((share) => share * total),
    hardLabels: predictedClasses(votes),
    geometricMean: pooled,
    logitsMean: pooled,
    median: combine(members, median()).values,
  });
});

function absolute(compare: Comparison, expected: VotingCase['expected'], ours: Readonly<Record<string, ArrayLike<number>>>): void {
  for (const [what, numbers] of Object.entries(ours)) {
    const known = expected[what];
    if (known !== undefined) compare.absolute(what, numbers, known, DIGITS);
  }
}

/** Members that only name classes. */
function named(labels: TensorData | undefined): readonly Outputs[] {
  const [members = 0, examples = 0] = labels?.shape ?? [];
  const classes = Math.max(...(labels?.data ?? [])) + 1;
  return Array.from({ length: members }, (_, m) => oneHotOutputs(labels?.data.slice(m * examples, (m + 1) * examples) ?? [], classes));
}
