import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Field } from '../race/picture/field.ts';
import type { Ask } from '../work/use-worker.ts';
import { fieldFrom, MESHES, meshPoints } from './landscape.ts';
import type { Odds } from './odds.ts';
import { problemOf, type Problem } from './problem.ts';
import { WAYS, type SearchTrial } from './run-search.ts';
import type { SearchAnswer, SearchRequest } from './search-protocol.ts';
import { trialsOf, type SearchState } from './search-state.ts';
import { toyLoss } from './toy-loss.ts';

/** A comparison of searches as the view shows it. */
export interface SearchModel {
  readonly problem: ReadonlySignal<Problem>;
  /** What each way has tried so far. */
  readonly trials: ReadonlySignal<readonly (readonly SearchTrial[])[]>;
  /** The loss behind the trials, once it is known. */
  readonly field: ReadonlySignal<Field | undefined>;
  /** How many points of the picture are known, of how many. */
  readonly surveyed: ReadonlySignal<{ readonly known: number; readonly of: number }>;
  readonly running: ReadonlySignal<boolean>;
  /** How often each way beats the grid, once it is known. */
  readonly odds: ReadonlySignal<Odds | undefined>;
  /** The trial that is looked at, counted from 1; in between while it plays. */
  readonly playhead: Signal<number>;
  readonly playing: Signal<boolean>;
  /** How many trials are shown. */
  readonly shown: ReadonlySignal<number>;
  arrived(answer: SearchAnswer): void;
  /** The worker gave up. */
  failed(): void;
  /** Searches anew. */
  restart(ask: Ask<SearchRequest>): void;
}

/** What the trials depend on; the rest of the state only decides how they are shown. */
export const questionOf = ({ objective, side, seed, weight, scale }: SearchState): SearchRequest => ({
  objective,
  side,
  seed,
  weight,
  scale,
});

/** Everything that follows from the state and from what the worker answers. */
export function searchModel(state: Signal<SearchState>): SearchModel {
  const none = WAYS.map(() => []);
  const trials = signal<readonly (readonly SearchTrial[])[]>(none);
  const survey = signal<readonly number[]>([]); // the training's; it is the same whatever the state
  const running = signal(false);
  const odds = signal<Odds | undefined>(undefined);
  const playhead = signal(state.peek().at ?? trialsOf(state.peek()));
  const asked = computed(() => JSON.stringify([state.value.objective, state.value.weight]));
  const question = computed(() => {
    const [objective, weight] = JSON.parse(asked.value) as [SearchState['objective'], number];
    return { objective, weight };
  });
  const problem = computed(() => problemOf(question.value));
  const points = computed(() => meshPoints(problem.value, MESHES[question.value.objective]));
  const losses = computed(() => {
    const { objective, weight } = question.value;
    const loss = toyLoss(weight);
    return objective === 'function' ? points.value.map(([x, y]) => loss(x, y)) : survey.value;
  });
  return {
    problem,
    trials,
    field: computed(() =>
      losses.value.length < points.value.length ? undefined : fieldFrom(problem.value, MESHES[question.value.objective], losses.value),
    ),
    surveyed: computed(() => ({ known: losses.value.length, of: points.value.length })),
    running,
    odds,
    playhead,
    playing: signal(false),
    shown: computed(() => Math.floor(playhead.value)),
    arrived(answer) {
      if (answer.kind === 'trials') trials.value = Object.assign([...trials.value], { [answer.way]: answer.trials });
      else if (answer.kind === 'landscape') {
        if (answer.losses.length > survey.peek().length) survey.value = answer.losses;
      } else if (answer.kind === 'odds') odds.value = answer.odds;
      else running.value = false;
    },
    failed() {
      running.value = false;
    },
    restart(ask) {
      batch(() => {
        trials.value = none;
        odds.value = undefined;
        running.value = true;
      });
      ask(questionOf(state.peek()));
    },
  };
}

/** The best of the first trials, and which it was. */
export function bestOf(trials: readonly SearchTrial[], shown: number): { readonly trial: SearchTrial; readonly index: number } | undefined {
  let best: { readonly trial: SearchTrial; readonly index: number } | undefined;
  for (const [index, trial] of trials.slice(0, shown).entries())
    if (trial.loss !== undefined && trial.loss < (best?.trial.loss ?? Infinity)) best = { trial, index };
  return best;
}

/** The lowest loss after each trial, for a chart that counts them from 1. */
export function bestSoFar(trials: readonly SearchTrial[]): readonly (number | null)[] {
  let best: number | null = null;
  return [null, ...trials.map(({ loss }) => (best = loss === undefined ? best : Math.min(best ?? Infinity, loss)))];
}

/** How many different values of one number were tried. */
export const valuesTried = (trials: readonly SearchTrial[], axis: 'x' | 'y'): number => new Set(trials.map((trial) => trial[axis])).size;
