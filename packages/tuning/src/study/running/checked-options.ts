import { checkNumber, complete, DownhillError, show } from '@downhill/core';
import type { OptimizeOptions } from '../study.ts';

export interface CheckedOptions {
  readonly trials: number;
  /** Milliseconds. */
  readonly timeout: number;
  readonly parallel: number;
  readonly signal: AbortSignal | undefined;
  readonly onEvent: OptimizeOptions['onEvent'] | undefined;
}

const DEFAULTS = { trials: undefined, timeout: undefined, parallel: 1, signal: undefined, onEvent: undefined } as const;

export function checkedOptions(objective: unknown, given: OptimizeOptions): CheckedOptions {
  if (typeof objective !== 'function')
    throw refusal(`takes a function of a trial, got ${show(objective)}`, 'Write async ({ settings }) => loss.');
  const { trials, timeout, parallel, signal, onEvent } = complete('optimize', given, DEFAULTS);
  if (trials !== undefined) checkNumber('optimize', { trials }, { min: 0, integer: true });
  if (timeout !== undefined) checkNumber('optimize', { timeout }, { min: 0 });
  checkNumber('optimize', { parallel }, { min: 1, integer: true });
  if (onEvent !== undefined && typeof onEvent !== 'function') throw refusal(`\`onEvent\` must be a function, got ${show(onEvent)}`);
  return { trials: trials ?? Infinity, timeout: (timeout ?? Infinity) * 1000, parallel, signal, onEvent };
}

const refusal = (problem: string, advice?: string): DownhillError =>
  new DownhillError({ code: 'invalid-argument', source: 'optimize', problem, ...(advice === undefined ? {} : { advice }) });
