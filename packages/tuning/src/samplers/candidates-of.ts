import type { Settings, Space, StudyView } from '@downhill/core';

/**
 * The candidates of a study, which follow from its space and its seed alone. Those that were made for the last study are kept, so that a long
 * study does not make them all again for each trial.
 */
export function candidatesOf(make: (space: Space, seed: number) => Iterator<Settings>): (study: StudyView) => Iterable<Settings> {
  let last: { readonly space: Space; readonly seed: number; readonly candidates: Iterable<Settings> } | undefined;
  return ({ space, seed }) => {
    if (last?.space !== space || last.seed !== seed) last = { space, seed, candidates: kept(make(space, seed)) };
    return last.candidates;
  };
}

/** May be gone through again and again, and further. */
function kept(source: Iterator<Settings>): Iterable<Settings> {
  const list: Settings[] = [];
  return {
    *[Symbol.iterator]() {
      for (let i = 0; ; i += 1) {
        const next = list[i] ?? source.next().value;
        if (next === undefined) return;
        list[i] ??= Object.freeze(next);
        yield next;
      }
    },
  };
}
