import { DownhillError, isDownhillError } from '@downhill/core';

/** Asks a sampler, a pruner or a callback; an error of theirs says whose it is, since it ends the search. */
export function callPlugin<Answer>(source: string, call: () => Answer): Answer {
  try {
    return call();
  } catch (cause) {
    if (isDownhillError(cause)) throw cause;
    throw new DownhillError({ code: 'invalid-argument', source, problem: `threw ${String(cause)}`, cause });
  }
}
