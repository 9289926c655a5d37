import { randomStream, streamKey } from '@downhill/core';
import {
  distinctTrials,
  mapSettings,
  pruner,
  sampler,
  settingAt,
  type FrozenTrial,
  type MemoryStorage,
  type Pruner,
  type Sampler,
  type Storage,
  type StudyView,
} from '../src/index.ts';

/** Draws from all that the trials have come to so far, so that any difference in the view shows. */
export const fromAll = (): Sampler =>
  sampler({
    name: 'fromAll',
    config: {},
    sample(study, number) {
      const values = study.trials.flatMap(({ value, reports }) => [value ?? 0, ...reports.map((report) => report.value)]);
      const shift = values.reduce((sum, value) => (sum + value) % 1, 0);
      return mapSettings(study.space, (parameter, name) =>
        settingAt(parameter, (shift + randomStream(streamKey(study.seed, 'fromAll', number, name)).uniformAt(0)) % 1),
      );
    },
  });

/** A few settings, one after the other. */
export const inTurn = (...values: readonly number[]): Sampler =>
  sampler({
    name: 'inTurn',
    config: {},
    sample({ space, trials }, number) {
      const before = distinctTrials({ trials: trials.slice(0, number) }).length;
      const value = values[before];
      return value === undefined ? undefined : mapSettings(space, () => value);
    },
  });

const reached = ({ reports }: FrozenTrial, rung: number) => reports.find(({ step }) => step >= rung)?.value;

/** Stops every trial at each rung, and lets the best half of those that were there go on. */
export const halves = (...rungs: readonly number[]): Pruner =>
  pruner({
    name: 'halves',
    config: {},
    shouldPrune: (_, { reports }) => rungs.includes(reports.at(-1)?.step ?? -1),
    promote(study) {
      const trials = distinctTrials(study);
      for (const rung of rungs.toReversed()) {
        const there = trials.filter((trial) => reached(trial, rung) !== undefined);
        const best = there.toSorted((a, b) => (reached(a, rung) ?? 0) - (reached(b, rung) ?? 0)).slice(0, Math.floor(there.length / 2));
        const next = best.find(({ state, reports }) => state === 'pruned' && reports.at(-1)?.step === rung);
        if (next !== undefined) return next.number;
      }
      return undefined;
    },
  });

/** A storage whose process is killed after a number of events: of those that are appended together perhaps only some are there. */
export function dyingAfter(inner: MemoryStorage, left: number): { readonly storage: Storage; readonly death: Promise<void> } {
  let die: () => void;
  const death = new Promise<void>((resolve) => {
    die = resolve;
  });
  const storage: Storage = {
    ...inner,
    async append(events) {
      await inner.append(events.slice(0, left));
      left -= events.length;
      if (left >= 0) return;
      inner.close();
      die();
      await new Promise(() => {});
    },
  };
  return { storage, death };
}

/** A storage before whose appends something else happens, once. */
export function after(inner: MemoryStorage, count: number, other: () => Promise<unknown>): Storage {
  let left = count;
  return {
    ...inner,
    async append(events) {
      left -= 1;
      if (left === -1) await other();
      await inner.append(events);
    },
  };
}

/** What of trials is the same in two runs: not when they ran. */
export const timeless = ({ trials }: StudyView): readonly Omit<FrozenTrial, 'startedAt' | 'endedAt'>[] =>
  trials.map(({ startedAt: _startedAt, endedAt: _endedAt, ...trial }) => trial);
