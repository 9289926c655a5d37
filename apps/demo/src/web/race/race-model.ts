import { isDownhillError } from '@downhill/core';
import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { FormulaError } from '../formula/formula-error.ts';
import type { Formula } from '../formula/formula.ts';
import { parseFormula } from '../formula/parse-formula.ts';
import type { Ask } from '../work/use-worker.ts';
import type { RaceRequest } from './race-protocol.ts';
import { surfaceOf, type RaceState } from './race-state.ts';
import { racerName } from './racer-name.ts';
import { transformOf, type RateCourse, type Racer } from './rules.ts';
import { stepsOf, type Trace } from './trace.ts';

/** A racer, its way as far as it is known, and what the packages say against its numbers. */
export interface Entry {
  readonly racer: Racer;
  readonly name: string;
  readonly index: number;
  readonly trace: Trace | undefined;
  readonly problem: string | undefined;
}

/** What was read of the formula: it, or where it does not parse. */
export type Reading = { readonly formula: Formula } | { readonly error: FormulaError };

/** A race as the view shows it. */
export interface RaceModel {
  readonly reading: ReadonlySignal<Reading>;
  readonly entries: ReadonlySignal<readonly Entry[]>;
  /** What the packages say against each racer's numbers. */
  readonly problems: ReadonlySignal<readonly (string | undefined)[]>;
  /** The step that is shown: where the playhead is, or where the longest way ends. */
  readonly step: ReadonlySignal<number>;
  /** The step that is looked at. */
  readonly playhead: Signal<number>;
  readonly playing: Signal<boolean>;
  /** Whether a trace is still awaited. */
  readonly running: ReadonlySignal<boolean>;
  /** Takes up a racer's way. */
  arrived(index: number, trace: Trace): void;
  /** Runs the race of the present state anew. */
  restart(ask: Ask<RaceRequest>): void;
}

/** Everything of a race that follows from its state and from what the worker answers. */
export function raceModel(state: Signal<RaceState>): RaceModel {
  const traces = signal<ReadonlyMap<Racer, Trace>>(new Map());
  const reading = computed(() => read(surfaceOf(state.value).formula));
  const problems = computed(() => state.value.racers.map((racer) => problemOf(racer, state.value)));
  const entries = computed(() =>
    state.value.racers.map((racer, index): Entry => ({
      racer,
      name: racerName(racer, state.value.surface),
      index,
      trace: traces.value.get(racer),
      problem: problems.value[index],
    })),
  );
  const awaited = signal(0);
  const playhead = signal(state.peek().at ?? state.peek().steps);
  let started: readonly Racer[] = [];
  return {
    reading,
    entries,
    problems,
    step: computed(() => Math.min(Math.floor(playhead.value), longest(entries.value))),
    playhead,
    playing: signal(false),
    running: computed(() => awaited.value > 0),
    arrived(index, trace) {
      const racer = started[index];
      if (racer === undefined) return;
      const shown = [...traces.value].filter(([other]) => state.value.racers.includes(other));
      batch(() => {
        traces.value = new Map([...shown, [racer, trace]]);
        awaited.value -= 1;
      });
    },
    restart(ask) {
      const now = state.peek();
      const { formula } = surfaceOf(now);
      const parses = 'formula' in reading.peek();
      started = parses ? now.racers.filter((_, index) => problems.peek()[index] === undefined) : [];
      awaited.value = started.length;
      if (parses) ask({ ...pick(now), formula, racers: started });
      else traces.value = new Map();
    },
  };
}

type Course = Omit<RaceRequest, 'id' | 'formula' | 'racers'>;

const pick = ({ surface, start, steps, noise, seed, schedule }: RaceState): Course => ({
  surface,
  start,
  steps,
  noise,
  seed,
  schedule,
});

/** What a race's result depends on; the rest of its state only decides how it is shown. */
export const courseOf = (state: RaceState): string => JSON.stringify([surfaceOf(state).formula, pick(state), state.racers]);

function read(text: string): Reading {
  try {
    return { formula: parseFormula(text) };
  } catch (error) {
    if (error instanceof FormulaError) return { error };
    throw error;
  }
}

function problemOf(racer: Racer, course: RateCourse): string | undefined {
  try {
    transformOf(racer, course);
    return undefined;
  } catch (error) {
    if (isDownhillError(error)) return error.message.replace(/^\[[a-z-]+\] /, '');
    throw error;
  }
}

/** The longest way of a race, in steps. */
export const longest = (entries: readonly Entry[]): number =>
  Math.max(0, ...entries.map(({ trace }) => (trace === undefined ? 0 : stepsOf(trace))));
