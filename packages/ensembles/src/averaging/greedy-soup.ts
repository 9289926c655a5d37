import { checkOneOf, complete, DownhillError, show } from '@downhill/core';
import type { StoredTensor } from '@downhill/training';
import { averageWeights, weightSum } from './average-weights.ts';
import { checkAlike, type Weights } from './structure.ts';

/** Weights, or how to get them: a member that is loaded when it is looked at takes no memory before. */
export type SoupMember = Weights | (() => Weights | Promise<Weights>);

/** Options of {@link greedySoup}. */
export interface GreedySoupOptions {
  /** How good weights are, on data held out from training: `(weights) => withWeights(model, weights, () => accuracyOf(model))`. */
  readonly evaluate: (weights: Weights) => number | Promise<number>;
  /** Whether larger or smaller scores are better. @defaultValue 'max' (accuracy; for a loss 'min') */
  readonly mode?: 'max' | 'min';
}

/** What the recipe did with one member. */
export interface SoupStep {
  readonly candidate: number;
  /** Of the soup with it. */
  readonly score: number;
  readonly added: boolean;
}

/** A soup. */
export interface GreedySoup {
  readonly weights: Map<string, StoredTensor>;
  readonly score: number;
  /** The members in it by their place, in the order in which they were added. */
  readonly ingredients: readonly number[];
  /** Of each member alone. */
  readonly scores: readonly number[];
  readonly trace: readonly SoupStep[];
}

/**
 * The greedy soup: members from the best to the worst, each kept where the average with it is no worse than without.
 *
 * Wortsman et al. 2022, recipe 1 (arXiv:2203.05482). With members of one pre-trained start it is never worse than the best of them on the data that `evaluate`
 * looks at. Of equal scores the earlier member comes first.
 *
 * @example
 * const weights = (w) => new Map([['model/w', { dtype: 'float32', shape: [1], values: Float32Array.of(w) }]]);
 * const soup = await greedySoup([weights(1), weights(4), weights(9)], { mode: 'min', evaluate: (all) => (all.get('model/w').values[0] - 2.5) ** 2 });
 * soup.ingredients; // [0, 1]
 *
 * @throws DownhillError `invalid-argument` for no members; `state-mismatch`, naming the first difference, for models of another structure;
 * `non-finite` for a score or weights that are no numbers.
 */
export async function greedySoup(members: readonly SoupMember[], options: GreedySoupOptions): Promise<GreedySoup> {
  const { evaluate, mode } = complete('greedySoup', options, { evaluate: undefined, mode: 'max' });
  checkOneOf('greedySoup', 'mode', mode, ['max', 'min']);
  if (!Array.isArray(members) || members.length === 0)
    throw wrong(`\`members\` must be a list of weights, got ${show(members)}`, 'captureWeights(model) gives some.');
  if (typeof evaluate !== 'function')
    throw wrong(`\`evaluate\` must be a function of weights, got ${show(evaluate)}`, 'Give the accuracy on validation data.');
  const score = async (weights: Weights, which: string): Promise<number> => {
    const value = await evaluate(weights);
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    throw new DownhillError({ code: 'non-finite', source: 'greedySoup', problem: `\`evaluate\` gave ${show(value)} for ${which}` });
  };
  const scores: number[] = [];
  for (const [i, member] of members.entries()) scores.push(await score(await load(member), `member ${i + 1}`));

  const sign = mode === 'max' ? 1 : -1;
  const order = scores.map((_, i) => i).sort((a, b) => sign * ((scores[b] ?? 0) - (scores[a] ?? 0)) || a - b);
  const sum = weightSum('greedySoup');
  const trace: SoupStep[] = [];
  let [soup, best, first]: [Map<string, StoredTensor>, number, Weights | undefined] = [new Map(), 0, undefined];
  for (const candidate of order) {
    const weights = await load(members[candidate] as SoupMember);
    first ??= weights;
    checkAlike('greedySoup', first, weights, `member ${candidate + 1}`);
    const mixed = sum.members === 0 ? averageWeights([weights]) : sum.mean(weights);
    const value = sum.members === 0 ? (scores[candidate] ?? 0) : await score(mixed, `the soup with member ${candidate + 1}`);
    const added = sum.members === 0 || sign * value >= sign * best;
    if (added) {
      sum.add(weights, `member ${candidate + 1}`);
      [soup, best] = [mixed, value];
    }
    trace.push({ candidate, score: value, added });
  }
  const ingredients = trace.filter(({ added }) => added).map(({ candidate }) => candidate);
  return { weights: soup, score: best, ingredients, scores, trace };
}

const load = async (member: SoupMember): Promise<Weights> => (typeof member === 'function' ? await member() : member);

const wrong = (problem: string, advice: string): DownhillError =>
  new DownhillError({ code: 'invalid-argument', source: 'greedySoup', problem, advice });
