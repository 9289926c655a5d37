import { DownhillError, show } from '@downhill/core';
import type { Member } from './member.ts';

/**
 * @throws DownhillError `invalid-argument` for an empty ensemble or what is no member; `data-invalid`, naming both, where two members have
 * their classes in different order.
 */
export function checkMembers(source: string, members: readonly Member[]): void {
  if (!Array.isArray(members) || members.length === 0)
    throw wrong(source, `\`members\` must hold at least one member, got ${show(members)}`);
  const stranger = (members as readonly Partial<Member>[]).findIndex((member) => member?.kind !== 'member');
  if (stranger >= 0) throw wrong(source, `\`members\` must hold members only, got ${show(members[stranger])} at ${stranger}`);
  const first = members.find(({ classes }) => classes !== undefined);
  const other = members.find(({ classes }) => classes !== undefined && JSON.stringify(classes) !== JSON.stringify(first?.classes));
  if (first === undefined || other === undefined) return;
  throw new DownhillError({
    code: 'data-invalid',
    source,
    problem: `the classes of '${other.name}' are ${listed(other)}, those of '${first.name}' are ${listed(first)}`,
    advice: 'All members must have the same classes in the same order: their columns are combined by place.',
  });
}

const listed = ({ classes = [] }: Member): string => `[${classes.join(', ')}]`;

function wrong(source: string, problem: string): DownhillError {
  return new DownhillError({
    code: 'invalid-argument',
    source,
    problem,
    advice: 'modelMember(model), functionMember(predict), loadedMember(load) and openEnsemble(store, ...) make members.',
  });
}
