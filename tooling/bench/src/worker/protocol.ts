import type { KernelTime } from '../measure/contender.ts';

/**
 * What goes between the benchmark and a worker: one JSON object a line, a question on the worker's standard input, its answer on its
 * standard output. The worker first says that it is ready. `python/protocol.py` speaks it too.
 */
export type Question = { readonly do: 'steps'; readonly count: number } | { readonly do: 'kernels'; readonly count: number };

/** An answer, or why there is none. */
export type Answer =
  | { readonly ready: Readonly<Record<string, string>> }
  | { readonly ms: readonly number[] }
  | { readonly kernels: readonly KernelTime[] }
  | { readonly error: string };

/** @returns `undefined` for a line that is no answer: a library's greeting. */
export function parseAnswer(line: string): Answer | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Answer;
  } catch {
    return undefined;
  }
}
