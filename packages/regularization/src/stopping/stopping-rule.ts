import { checkNumber, complete } from '@downhill/core';
import { MONITOR, monitorOf, type MonitorOptions } from './monitor.ts';

/** Options of {@link stoppingRule}; names and rule are those of Keras's `EarlyStopping`. */
export interface StoppingOptions extends MonitorOptions {
  /** Epochs without improvement after which the run ends, at least 1. @defaultValue 1, which does what Keras's 0 does */
  readonly patience?: number;
  /** Unless this value is beaten, an improvement does not make patience begin anew. @defaultValue none (Keras) */
  readonly baseline?: number | undefined;
  /** Epochs at the start that are not looked at. @defaultValue 0 (Keras) */
  readonly startFromEpoch?: number;
}

/** The options where nothing is said. */
export const STOPPING: Required<StoppingOptions> = Object.freeze({ ...MONITOR, patience: 1, baseline: undefined, startFromEpoch: 0 });

/** How far patience has gone; epochs count from 0. */
export interface Stopping {
  /** Epochs since the last improvement that counted. */
  readonly wait: number;
  /** The best value; null before the first. */
  readonly best: number | null;
  /** The epoch of the best value. */
  readonly bestEpoch: number | null;
  /** The epoch that ended the run. */
  readonly stoppedEpoch: number | null;
}

/** Early stopping as a state and a pure function of it. */
export interface StoppingRule {
  /** The metric that it looks at. */
  readonly monitor: string;
  readonly start: Stopping;
  /** The state after an epoch. */
  next(state: Stopping, epoch: { readonly epoch: number; readonly value: number }): Stopping;
}

/**
 * When to stop, epoch by epoch, as Keras 3 decides it.
 *
 * An improvement beats the best value by more than `minDelta`. It becomes the best; patience begins anew where it beats `baseline` too. Any other
 * epoch ends the run once `patience` epochs have been waited for. NaN improves on nothing; as the first value it becomes the best, which nothing
 * beats. The very first epoch ends no run.
 *
 * @example
 * const rule = stoppingRule({ patience: 1 });
 * const state = rule.next(rule.next(rule.start, { epoch: 0, value: 2 }), { epoch: 1, value: 3 });
 * state; // { wait: 1, best: 2, bestEpoch: 0, stoppedEpoch: 1 }
 *
 * @throws DownhillError `invalid-argument` for a patience below 1, a negative `minDelta` or `startFromEpoch`, or a `monitor` in whose name
 * `auto` finds no direction.
 */
export function stoppingRule(options: StoppingOptions = {}): StoppingRule {
  const { patience, baseline, startFromEpoch, ...monitor } = complete('earlyStopping', options, STOPPING);
  checkNumber('earlyStopping', { patience }, { min: 1, integer: true });
  checkNumber('earlyStopping', { startFromEpoch }, { min: 0, integer: true });
  if (baseline !== undefined) checkNumber('earlyStopping', { baseline });
  const { name, improves } = monitorOf('earlyStopping', monitor);
  return {
    monitor: name,
    start: { wait: 0, best: null, bestEpoch: null, stoppedEpoch: null },
    next(state, { epoch, value }) {
      if (epoch < startFromEpoch) return state;
      const wait = state.wait + 1;
      if (improves(value, state.best)) {
        const beaten = baseline === undefined || improves(value, baseline);
        return { ...state, best: value, bestEpoch: epoch, wait: beaten ? 0 : wait };
      }
      return { ...state, wait, stoppedEpoch: wait >= patience && epoch > 0 ? epoch : null };
    },
  };
}
