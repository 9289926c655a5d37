import type { CheckpointStore, Json, Settings } from '@downhill/core';

/**
 * What an objective returns in place of a number when it ended because `report` said so.
 *
 * @example
 * const short = pruner({ name: 'short', config: {}, shouldPrune: (study, { reports }) => reports.length > 3 });
 * const study = await openStudy({ space: space({ rate: float(0, 1) }), pruner: short });
 * const { trials } = await study.optimize(
 *   async (trial) => {
 *     for (let epoch = 0; epoch < 10; epoch += 1) if (await trial.report(epoch, 1 / epoch)) return pruned;
 *     return 0;
 *   },
 *   { trials: 1 },
 * );
 * [trials[0].state, trials[0].reports.length]; // ['pruned', 4]
 */
export const pruned: unique symbol = /* @__PURE__ */ Symbol.for('downhill.pruned');
export type Pruned = typeof pruned;

/**
 * What `tell` takes for a trial that did not come to an end: it waits, with what it reported and kept, to be run again.
 *
 * @example
 * const study = await openStudy({ space: space({ rate: float(0, 1) }) });
 * const trial = await study.ask();
 * (await study.tell(trial, interrupted)).state; // 'waiting'
 * (await study.ask()).number; // 0
 */
export const interrupted: unique symbol = /* @__PURE__ */ Symbol.for('downhill.interrupted');
export type Interrupted = typeof interrupted;

/** What a trial comes to. A number that is not finite is a failure. */
export type Outcome = number | Pruned | Interrupted | { readonly error: unknown };

/** A trial as its objective sees it. */
export interface Trial<Sampled extends Settings = Settings> {
  readonly number: number;
  readonly settings: Sampled;
  /** 0, or the repeat that this is. */
  readonly repeat: number;
  /** What the objective should draw its own random numbers from: the same for all trials of a study with the same `repeat`. A whole number below 2³². */
  readonly seed: number;
  /** The last step that was reported before it was interrupted or pruned: it should go on from its checkpoint. */
  readonly reached?: number;
  /**
   * Where the objective may keep checkpoints; what an earlier part of this trial kept is there. Gone once the trial is complete or failed. Keep one
   * after the report of its step, or report that step again when going on from it: then none is left out where a process is killed in between.
   */
  readonly checkpoints: CheckpointStore;
  /**
   * Aborted when the study is asked to stop. An objective that then throws is run again when the study goes on, and so is one that has looked
   * at this signal and returns a number, since that may be of a training cut short.
   */
  readonly signal: AbortSignal;
  /**
   * Notes a value on the way.
   *
   * @param step A whole number from 0 on. A step that was reported before is not noted again, and does not end the trial where it went on from it.
   * @param value May be NaN.
   * @returns Whether the trial should end: return {@link pruned}.
   */
  report(step: number, value: number): Promise<boolean>;
  /** Notes something about the trial, such as a test accuracy; it is in its frozen form. */
  setAttribute(key: string, value: Json): Promise<void>;
}

/** What is tuned: anything that comes to a number, or a promise of one. */
export type Objective<Sampled extends Settings = Settings> = (trial: Trial<Sampled>) => number | Pruned | Promise<number | Pruned>;
