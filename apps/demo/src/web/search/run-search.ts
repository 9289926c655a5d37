import type { Sampler } from '@downhill/core';
import { grid, openStudy, random, tpe } from '@downhill/tuning';
import { spaceOf } from './problem.ts';
import { trialsOf, type SearchState } from './search-state.ts';

/** One try of a search. */
export interface SearchTrial {
  readonly x: number;
  readonly y: number;
  /** `undefined` where it came to no finite number. */
  readonly loss: number | undefined;
}

/** A way to search, as the package has it. */
export interface SearchWay {
  readonly name: string;
  readonly lesson: string;
  sampler(state: Pick<SearchState, 'side'>): Sampler;
}

export const WAYS: readonly SearchWay[] = [
  { name: 'Grid', lesson: 'the same few values, again and again', sampler: ({ side }) => grid({ points: side }) },
  { name: 'Random', lesson: 'another value in every trial', sampler: () => random() },
  { name: 'TPE', lesson: 'ten at random, then near the good ones', sampler: () => tpe() },
];

export interface SearchRun {
  readonly way: SearchWay;
  readonly state: Omit<SearchState, 'at'>;
  /** What is searched. */
  readonly loss: (x: number, y: number) => number | Promise<number>;
  readonly signal: AbortSignal;
  onTrial(trial: SearchTrial): void;
}

/** Runs one search as a study of the package, from its first trial to its last or until it is told to stop. */
export async function runSearch({ way, state, loss, signal, onTrial }: SearchRun): Promise<void> {
  const study = await openStudy({ space: spaceOf(state), sampler: way.sampler(state), seed: state.seed });
  await study.optimize(({ settings: { x, y } }) => loss(x, y), {
    trials: trialsOf(state),
    signal,
    onEvent({ type, trial: { settings, value, state: ended } }) {
      if (type === 'end' && ended !== 'waiting') onTrial({ x: settings.x, y: settings.y, loss: value });
    },
  });
}
