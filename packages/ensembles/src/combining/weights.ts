import { checkNumber, DownhillError, show } from '@downhill/core';
import { sumOf } from '../checks/rows.ts';

/** Weights that are given for as many members. @throws DownhillError `invalid-argument` */
export function checkedWeights(source: string, weights: unknown): readonly number[] {
  if (!Array.isArray(weights) || weights.length === 0)
    throw new DownhillError({
      code: 'invalid-argument',
      source,
      problem: `\`weights\` must be an array of one number a member, got ${show(weights)}`,
      advice: 'Write for example [2, 1, 1].',
    });
  weights.forEach((weight: unknown, i) => checkNumber(source, { [`weights[${i}]`]: weight }, { min: 0 }));
  if (sumOf(weights as number[]) === 0)
    throw new DownhillError({ code: 'invalid-argument', source, problem: `\`weights\` must not all be 0, got ${show(weights)}` });
  return Object.freeze([...(weights as number[])]);
}

/** Each member's share, all equal where no weights are given. @throws DownhillError `shape-mismatch` where there are not as many members. */
export function sharesOf(source: string, weights: readonly number[] | undefined, members: number): readonly number[] {
  if (weights === undefined) return Array.from({ length: members }, () => 1 / members);
  if (weights.length !== members)
    throw new DownhillError({
      code: 'shape-mismatch',
      source,
      problem: `\`weights\` are for ${weights.length} members, but there are ${members}`,
      advice: 'Pass the members in the order and number that the weights were made for.',
    });
  const sum = sumOf(weights);
  return weights.map((weight) => weight / sum);
}
