import { checkNumber, DownhillError, show, type Json } from '@downhill/core';
import type { EnsembleManifest } from '../directory/manifest.ts';
import type { EnsemblePlan } from './plan.ts';

/** What happens while an ensemble is trained; `index` is the member's. */
export type EnsembleEvent =
  /** The member was finished before, here or by another process. */
  | { readonly type: 'kept'; readonly index: number; readonly name: string }
  | { readonly type: 'start'; readonly index: number; readonly name: string; readonly seed: number }
  /** What the member's trainer reported. */
  | { readonly type: 'progress'; readonly index: number; readonly name: string; readonly progress: unknown }
  | { readonly type: 'finished'; readonly index: number; readonly name: string; readonly file: string; readonly sha256: string }
  /** The signal came before the member was finished. */
  | { readonly type: 'stopped'; readonly index: number; readonly name: string }
  /** A damaged file, which is not taken for a member. */
  | { readonly type: 'refused'; readonly file: string };

/** What every way of training an ensemble takes. */
export interface EnsembleOptions {
  /** Which members: `deepEnsemble()`, `bagging({ examples })`, `randomSubspaces({ features })`. */
  readonly plan: EnsemblePlan;
  /** What the members have in common and the plan does not say, as JSON: a store that holds members made with other settings is refused. */
  readonly settings?: Json;
  /** Handed to every member's trainer; for worker threads what `structuredClone` can copy. */
  readonly data?: unknown;
  /** The names of the classes in the order of the outputs, for the manifest. */
  readonly classes?: readonly string[];
  /** The combiner as JSON, for the manifest. */
  readonly combiner?: Json;
  /** The members that this call trains; several processes may share the work on one directory. @defaultValue all */
  readonly only?: readonly number[];
  /** Asks the work to end: no member is started, those under way are asked to stop. */
  readonly signal?: AbortSignal;
  /** Hears of every member; what it throws ends the work. */
  readonly onEvent?: (event: EnsembleEvent) => void;
}

/** What came of {@link trainEnsemble}. */
export interface TrainedEnsemble {
  /** Of all members in the store that are finished; `undefined` where none is. */
  readonly manifest: EnsembleManifest | undefined;
  /** The names of finished members, also of those that were finished before. */
  readonly finished: readonly string[];
  /** The names of those that are not. */
  readonly pending: readonly string[];
  readonly stopped: 'finished' | 'signal';
}

/** @throws DownhillError `invalid-argument` */
export function checkEnsembleOptions(source: string, { plan, only = [] }: EnsembleOptions): void {
  if (plan?.kind !== 'ensemblePlan') throw wrong(source, `\`plan\` must be a plan, got ${show(plan)}`, 'deepEnsemble() is one.');
  if (!Array.isArray(only)) throw wrong(source, `\`only\` must be a list of members' indices, got ${show(only)}`);
  for (const index of only) checkNumber(source, { 'only[]': index }, { min: 0, below: plan.size, integer: true });
}

export function wrong(source: string, problem: string, advice?: string): DownhillError {
  return new DownhillError({ code: 'invalid-argument', source, problem, ...(advice === undefined ? {} : { advice }) });
}
