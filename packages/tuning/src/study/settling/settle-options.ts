import { checkNumber, complete, DownhillError, show, type FrozenTrial, type Settings } from '@downhill/core';
import type { Leader } from './leader.ts';

/** What happens while leaders are measured: a repeat has ended, or a round begins in which each of `racing` is measured up to `repeats` times. */
export type SettleProgress<Sampled extends Settings = Settings> =
  | { readonly type: 'repeat'; readonly trial: FrozenTrial<Sampled> }
  | { readonly type: 'round'; readonly repeats: number; readonly racing: readonly Leader<Sampled>[] };

/** Options of `settle`. The defaults are ours: no other tool has this. */
export interface SettleOptions<Sampled extends Settings = Settings> {
  /** How many of the best trials are measured again, from 1 on. @defaultValue 3 */
  readonly leaders?: number;
  /** Repeats of each leader before any is dropped: from 2 on, since noise is seen in differences. @defaultValue 3 */
  readonly minRepeats?: number;
  /** Repeats of each leader after which those left are a tie. @defaultValue 10 */
  readonly maxRepeats?: number;
  /** How sure it must be that the winner is not noise, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
  /** Repeats at a time. @defaultValue 1 */
  readonly parallel?: number;
  /** Ends it: repeats that run are told, and wait for the next call. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: SettleProgress<Sampled>) => void;
}

const DEFAULTS = {
  leaders: 3,
  minRepeats: 3,
  maxRepeats: 10,
  confidence: 0.95,
  parallel: 1,
  signal: undefined,
  onEvent: undefined,
} as const;

export interface CheckedSettleOptions {
  readonly leaders: number;
  readonly minRepeats: number;
  readonly maxRepeats: number;
  readonly confidence: number;
  readonly parallel: number;
  readonly signal: AbortSignal | undefined;
  readonly onEvent: SettleOptions['onEvent'] | undefined;
}

/** @throws DownhillError `invalid-argument` */
export function checkedSettleOptions(objective: unknown, options: SettleOptions): CheckedSettleOptions {
  if (typeof objective !== 'function')
    throw refusal(`takes a study and a function of a trial, got ${show(objective)}`, 'Pass the objective that was optimized.');
  const full = complete('settle', options, DEFAULTS);
  const { leaders, minRepeats, maxRepeats, confidence, parallel, onEvent } = full;
  checkNumber('settle', { leaders, parallel }, { min: 1, integer: true });
  checkNumber('settle', { minRepeats }, { min: 2, integer: true }, 'Noise is seen in differences.');
  checkNumber('settle', { maxRepeats }, { min: minRepeats, integer: true }, 'It is at least `minRepeats`.');
  checkNumber('settle', { confidence }, { above: 0, below: 1 });
  if (onEvent !== undefined && typeof onEvent !== 'function') throw refusal(`\`onEvent\` must be a function, got ${show(onEvent)}`);
  return full;
}

const refusal = (problem: string, advice?: string): DownhillError =>
  new DownhillError({ code: 'invalid-argument', source: 'settle', problem, ...(advice === undefined ? {} : { advice }) });
