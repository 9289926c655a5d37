import { show } from '@downhill/core';
import type { StoredTrial } from './replay/stored.ts';
import { keys } from './replay/keys.ts';
import type { NewEvent } from './ledger.ts';
import { interrupted, pruned, type Outcome } from './trial.ts';

/** An error as a trial keeps it: its name and message, and where it was thrown. */
function errorText(error: unknown): string {
  if (!(error instanceof Error)) return show(error);
  const place = error.stack?.split('\n').find((line) => /^\s+at |@.*:\d+/.test(line));
  return [`${error.name}: ${error.message}`, ...(place === undefined ? [] : [place])].join('\n');
}

/**
 * How a trial that comes to an outcome is noted. A pruned one has the value of its last report where that is finite, as Optuna's `tell` notes it.
 */
export function outcomeEvents({ id: trial, reports }: StoredTrial, outcome: Outcome): readonly NewEvent[] {
  const at = Date.now();
  if (outcome === interrupted) return [{ type: 'state', trial, state: 'waiting', at }];
  if (typeof outcome === 'number' && Number.isFinite(outcome)) return [{ type: 'state', trial, state: 'complete', value: outcome, at }];
  if (outcome === pruned) {
    const last = reports.at(-1)?.value;
    return [{ type: 'state', trial, state: 'pruned', at, ...(last !== undefined && Number.isFinite(last) ? { value: last } : {}) }];
  }
  return [
    { type: 'trial-attribute', trial, by: 'system', key: keys.error, value: reasonOf(outcome) },
    { type: 'state', trial, state: 'failed', at },
  ];
}

function reasonOf(outcome: unknown): string {
  const isError = typeof outcome === 'object' && outcome !== null && 'error' in outcome;
  return isError ? errorText(outcome.error) : `the objective must come to a finite number, got ${show(outcome)}`;
}
