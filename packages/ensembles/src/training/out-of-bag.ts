import { DownhillError } from '@downhill/core';
import type { Outputs } from '../outputs.ts';
import { outOfBagRows } from './bootstrap.ts';
import type { EnsemblePlan } from './plan.ts';

/** What a bagged ensemble predicts for its own training set. */
export interface OutOfBag {
  /** For each of `rows`, the mean over the members that have not seen it. */
  readonly outputs: Outputs;
  /** The examples that at least one member has not seen, in ascending order. */
  readonly rows: Int32Array;
}

/**
 * Predictions for the training set from members that have not seen the example: for each, the mean over the members whose bootstrap sample
 * left it out (Breiman 1996, "Out-of-bag estimation"; scikit-learn's `oob_decision_function_`). With 10 members one example in a hundred was
 * seen by all of them; it is left out.
 *
 * @param plan The plan of `bagging`.
 * @param outputs Of every member in the plan's order, for all examples of the training set: what `predictMembers` gives.
 *
 * @example
 * const plan = bagging({ examples: 2, members: 1, draws: 1 });
 * const { rows } = outOfBag(plan, [{ values: new Float32Array([1, 2]), shape: [2, 1] }]);
 * rows.length; // 1
 *
 * @throws DownhillError `invalid-argument` for a plan whose members see all examples; `shape-mismatch` for outputs that are not one a member
 * and one row an example.
 */
export function outOfBag(plan: EnsemblePlan, outputs: readonly Outputs[]): OutOfBag {
  const [examples, width] = checkOutputs(plan, outputs);
  const sums = new Float64Array(examples * width);
  const counts = new Int32Array(examples);
  outputs.forEach(({ values }, index) => {
    for (const row of outOfBagRows(rowsOf(plan, index), examples)) {
      counts[row] = (counts[row] ?? 0) + 1;
      for (let i = row * width; i < (row + 1) * width; i++) sums[i] = (sums[i] ?? 0) + (values[i] ?? Number.NaN);
    }
  });
  const rows = Int32Array.from(counts.keys()).filter((row) => counts[row] !== 0);
  const values = new Float64Array(rows.length * width);
  rows.forEach((row, at) => {
    for (let i = 0; i < width; i++) values[at * width + i] = (sums[row * width + i] ?? Number.NaN) / (counts[row] ?? 0);
  });
  return { outputs: { values, shape: [rows.length, width] }, rows };
}

/** The shape that all outputs have. */
export function checkOutputs(plan: EnsemblePlan, outputs: readonly Outputs[]): readonly [examples: number, width: number] {
  const { examples } = plan.config;
  if (plan.kind !== 'ensemblePlan' || typeof examples !== 'number')
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'outOfBag',
      problem: `\`plan\` must be one of bagging, got ${plan?.name}`,
      advice: 'The members of other plans see all examples.',
    });
  if (outputs.length !== plan.size)
    throw mismatch('outOfBag', `\`outputs\` must hold those of every member (${plan.size}), got ${outputs.length}`);
  const width = outputs[0]?.shape[1] ?? 1;
  const other = outputs.findIndex(({ shape }) => shape[0] !== examples || shape[1] !== width);
  if (other < 0) return [examples, width];
  throw mismatch('outOfBag', `the outputs of member ${other} must be [${examples}, ${width}], got [${outputs[other]?.shape.join(', ')}]`);
}

const rowsOf = (plan: EnsemblePlan, index: number): Int32Array => plan.member(index).rows ?? new Int32Array();

export const mismatch = (source: string, problem: string): DownhillError => new DownhillError({ code: 'shape-mismatch', source, problem });
