import { averageWeights, greedySoup, type Weights } from '@downhill/ensembles';
import { replayOf, type Replay } from '../../cases/case-family.ts';
import type { TensorData } from '../../cases/tensor-data.ts';
import { rowsOf, valuesOf, weightsOf } from './weights-of.ts';

interface SoupCase {
  readonly config: { readonly metric: 'accuracy' | 'negativeCrossEntropy' };
  readonly input: { readonly x: TensorData; readonly labels: TensorData; readonly weights: TensorData };
  readonly expected: {
    readonly individualScores: readonly number[];
    readonly order: readonly number[];
    readonly trace: readonly { readonly candidate: number; readonly score: number; readonly added: boolean }[];
    readonly ingredients: readonly number[];
    readonly weights: TensorData;
    readonly score: number;
    readonly uniformSoupScore: number;
  };
}

export const modelSoupFile: Replay = replayOf<SoupCase>(async ({ config, input, expected }, compare) => {
  const members = rowsOf(input.weights).map((values) => weightsOf(input.weights.shape.slice(1), values));
  const evaluate = (weights: Weights): number => scoreOf(config.metric, input, valuesOf(weights));
  const soup = await greedySoup(members, { evaluate });
  compare.relative('scores', soup.scores, expected.individualScores, 1e-6);
  compare.same('order', soup.trace.map(({ candidate }) => candidate), expected.order); // prettier-ignore
  compare.same('added', soup.trace.map(({ added }) => added), expected.trace.map(({ added }) => added)); // prettier-ignore
  compare.relative('trace', soup.trace.map(({ score }) => score), expected.trace.map(({ score }) => score), 1e-6); // prettier-ignore
  compare.same('ingredients', soup.ingredients, expected.ingredients);
  compare.relative('weights', valuesOf(soup.weights), expected.weights, 1e-6);
  compare.relative('score', soup.score, expected.score, 1e-6);
  compare.relative('uniform soup', evaluate(averageWeights(members)), expected.uniformSoupScore, 1e-6);
});

/** Of a linear model: logits are x W. */
function scoreOf(metric: SoupCase['config']['metric'], { x, labels }: SoupCase['input'], weights: ArrayLike<number>): number {
  const [rows, features] = [rowsOf(x), x.shape[1] ?? 0];
  const classes = weights.length / features;
  const scores = rows.map((row, i) => {
    const logits = Array.from({ length: classes }, (_, c) =>
      row.reduce((sum, value, f) => sum + value * (weights[f * classes + c] ?? 0), 0),
    );
    const truth = labels.data[i] ?? 0;
    const largest = Math.max(...logits);
    if (metric === 'accuracy') return Number(logits.indexOf(largest) === truth);
    return (logits[truth] ?? 0) - largest - Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0));
  });
  return scores.reduce((sum, score) => sum + score, 0) / rows.length;
}
