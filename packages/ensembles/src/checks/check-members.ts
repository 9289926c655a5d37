import { DownhillError, show } from '@downhill/core';
import type { Outputs } from '../outputs.ts';
import { checkedProbabilities, checkOutputs } from './check-outputs.ts';

/** What the numbers are: probabilities of classes, or values of a regression. */
export type OutputKind = 'probabilities' | 'values';

/**
 * The outputs of an ensemble's members, all of one shape; of probabilities with a column for each class.
 *
 * @throws DownhillError `invalid-argument` for an empty ensemble, `shape-mismatch` where two differ, and as {@link checkOutputs}.
 */
export function checkedMembers(source: string, members: readonly Outputs[], of: OutputKind): readonly Outputs[] {
  if (!Array.isArray(members) || members.length === 0)
    throw new DownhillError({
      code: 'invalid-argument',
      source,
      problem: `\`members\` must be an array with the outputs of at least one member, got ${show(members)}`,
      advice: 'Pass one outputs object a member, each for the same examples.',
    });
  const given: readonly unknown[] = members;
  const checked = given.map((member, i) => checkedOutputs(source, `members[${i}]`, member, of));
  members.forEach(({ shape }, i) => {
    const first = members[0]?.shape ?? [];
    if (shape.join() !== first.join())
      throw new DownhillError({
        code: 'shape-mismatch',
        source,
        problem: `all members must have outputs of one shape, but \`members[0]\` has [${first.join(', ')}] and \`members[${i}]\` has [${shape.join(', ')}]`,
        advice: 'Let every member predict the same examples and the same classes, in one order.',
      });
  });
  return checked;
}

function checkedOutputs(source: string, name: string, value: unknown, of: OutputKind): Outputs {
  if (of === 'probabilities')
    return checkedProbabilities(
      source,
      name,
      value,
      "values of a regression are combined by mean, weighted and median, with { of: 'values' }.",
    );
  checkOutputs(source, name, value);
  return value;
}
