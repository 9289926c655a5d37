import type { Reading } from '../reading.ts';

type OfKind<Kind extends Reading['kind']> = Extract<Reading, { readonly kind: Kind }>;

/** The readings of one kind, by their names in the order in which those came first. */
export function byName<Kind extends Reading['kind']>(readings: readonly Reading[], kind: Kind): Map<string, OfKind<Kind>[]> {
  const groups = new Map<string, OfKind<Kind>[]>();
  for (const reading of readings) {
    if (reading.kind !== kind) continue;
    const found = reading as OfKind<Kind>;
    const group = groups.get(found.name);
    if (group === undefined) groups.set(found.name, [found]);
    else group.push(found);
  }
  return groups;
}
