import { checkedMembers } from '../checks/check-members.ts';
import { largestOf, rowsOf } from '../checks/rows.ts';
import type { Outputs } from '../outputs.ts';

/** Each example's votes for each class that got some. */
export function votesOf(source: string, members: readonly Outputs[]): readonly (readonly number[])[] {
  const voted = checkedMembers(source, members, 'probabilities').map((member) => rowsOf(member).map(largestOf));
  return (voted[0] ?? []).map((_, i) => {
    const counts = new Map<number, number>();
    for (const classes of voted) counts.set(classes[i] ?? 0, (counts.get(classes[i] ?? 0) ?? 0) + 1);
    return [...counts.values()];
  });
}
