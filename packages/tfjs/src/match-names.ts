import { DownhillError, type ParameterInfo } from '@downhill/core';

/** The state that was saved for one variable: the shapes of its slots. */
export interface SavedState {
  readonly name: string;
  readonly slots: ReadonlyMap<string, readonly number[]>;
}

/** A variable that looks for its saved state, and the shapes that its slots must have. */
export interface WantedState extends ParameterInfo {
  readonly slots: ReadonlyMap<string, readonly number[]>;
}

/** `fc/kernel_1` without the number that tfjs-layers appends to a name that was used before. */
const plainName = (name: string): string => name.replace(/_\d+$/, '');

interface AutomaticName {
  /** Class of the layer and name of the weight. */
  readonly kind: string;
  readonly order: number;
}

/** Takes `dense_Dense3/kernel_1` apart: layers without a name of their own are numbered by class, over the whole process. */
function automaticName(name: string): AutomaticName | undefined {
  const parts = /^(.*)_([A-Z][A-Za-z0-9]*?)(\d+)\/(.+)$/.exec(plainName(name));
  return parts === null ? undefined : { kind: `${parts[1]}_${parts[2]}/${parts[4]}`, order: Number(parts[3]) };
}

const fits = (saved: SavedState, wanted: WantedState): boolean =>
  [...wanted.slots].every(([slot, shape]) => String(saved.slots.get(slot)) === String(shape) && saved.slots.has(slot));

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string | undefined): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

function describe(items: readonly (SavedState | WantedState)[]): string {
  return items
    .map(({ name, slots }) => `${name} (${[...slots].map(([slot, shape]) => `${slot} [${shape.join(', ')}]`).join(', ')})`)
    .join('; ');
}

/**
 * Finds the saved state of each variable: by exact name; else by the name without the `_N` that tfjs-layers appends, where
 * that is one-to-one with equal shapes; else, for layers that were named automatically, by class, order and shape.
 *
 * @returns For each variable's name the name under which its state was saved; a variable that is left over when all that
 * was saved has found its place is new.
 * @throws DownhillError `state-mismatch` listing both sides where a variable finds no state of its own.
 */
export function matchNames(saved: readonly SavedState[], wanted: readonly WantedState[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const restSaved = (): readonly SavedState[] => saved.filter(({ name }) => ![...found.values()].includes(name));
  const restWanted = (): readonly WantedState[] => wanted.filter(({ name }) => !found.has(name));
  const take = (pairs: readonly (readonly [WantedState, SavedState])[]): void => {
    if (pairs.every(([want, have]) => fits(have, want))) for (const [want, have] of pairs) found.set(want.name, have.name);
  };

  for (const want of wanted) {
    const same = saved.find(({ name }) => name === want.name);
    if (same !== undefined) take([[want, same]]);
  }
  const byPlainName = groupBy(restSaved(), ({ name }) => plainName(name));
  for (const [name, [want, another]] of groupBy(restWanted(), (item) => plainName(item.name))) {
    const [have, other] = byPlainName.get(name) ?? [];
    if (want !== undefined && another === undefined && have !== undefined && other === undefined) take([[want, have]]);
  }
  const byKind = groupBy(restSaved(), ({ name }) => automaticName(name)?.kind);
  for (const [kind, wants] of groupBy(restWanted(), ({ name }) => automaticName(name)?.kind)) {
    const byOrder = <Item extends { readonly name: string }>(items: readonly Item[]): readonly Item[] =>
      [...items].sort((a, b) => (automaticName(a.name)?.order ?? 0) - (automaticName(b.name)?.order ?? 0));
    const haves = byOrder(byKind.get(kind) ?? []);
    if (haves.length === wants.length)
      take(byOrder(wants).flatMap((want, i) => (haves[i] === undefined ? [] : [[want, haves[i]] as const])));
  }

  const lost = restWanted();
  if (lost.length === 0 || restSaved().length === 0) return found; // what nothing was saved for is new, such as a layer thawed now
  throw new DownhillError({
    code: 'state-mismatch',
    source: 'optimizer',
    problem: `the loaded state does not fit the variables: no state for ${describe(lost)}; left over is ${describe(restSaved())}`,
    advice: 'Load the state into the model that it was saved from, or give the layers names of their own.',
  });
}
