import { DownhillError, type KeptTensor, type TrainingHook } from '@downhill/core';
import { captureWeights, restoreWeights, type TrainableModel } from '@downhill/training';
import { checkMonitorOfStep, monitored } from './monitor.ts';
import { numberFrom, numberToJson } from './number-json.ts';
import { stoppingRule, type Stopping, type StoppingOptions } from './stopping-rule.ts';

/** Options of {@link earlyStopping}. */
export interface EarlyStoppingOptions extends StoppingOptions {
  /** Whether the model gets the weights of its best epoch back when the run ends, in whatever way. @defaultValue false (Keras) */
  readonly restoreBestWeights?: boolean;
  /** The model that is trained: needed for `restoreBestWeights`. */
  readonly model?: TrainableModel;
}

/** Ends a run that no longer gets better. */
export interface EarlyStopping extends TrainingHook {
  /** How far patience has gone. */
  readonly state: Stopping;
}

/**
 * Ends the loop when the monitored number has not improved for `patience` epochs, and gives the best weights back.
 *
 * The rule is {@link stoppingRule}, Keras's. tfjs's own `earlyStopping` has no `restoreBestWeights` (tensorflow/tfjs #8488). A checkpoint keeps the state and the best weights,
 * so that a resumed run ends where an uninterrupted one does. Checkpoints hold the weights of their step; the best ones are put back after the last is written.
 *
 * @example
 * const hook = earlyStopping({ monitor: 'val_accuracy', patience: 3 });
 * hook.state.best; // null
 *
 * @throws DownhillError `invalid-argument` for wrong options; during the run `unknown-name` for a metric that does not exist.
 */
export function earlyStopping({ restoreBestWeights = false, model, ...options }: EarlyStoppingOptions = {}): EarlyStopping {
  const rule = stoppingRule(options);
  if (restoreBestWeights && model === undefined)
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'earlyStopping',
      problem: '`model` must be given with `restoreBestWeights`',
      advice: 'Pass the model that train gets.',
    });
  let state = rule.start;
  let best: ReadonlyMap<string, KeptTensor> = new Map();
  return {
    kind: 'hook',
    name: 'earlyStopping',
    get state() {
      return state;
    },
    onStart({ step }) {
      if (step === 0) [state, best] = [rule.start, new Map()];
    },
    onStep({ metrics }) {
      checkMonitorOfStep('earlyStopping', rule.monitor, metrics);
    },
    async onEpoch({ epoch: finished, metrics }) {
      const epoch = finished - 1;
      state = rule.next(state, { epoch, value: monitored('earlyStopping', rule.monitor, metrics) });
      if (restoreBestWeights && model !== undefined && state.bestEpoch === epoch) best = await captureWeights(model);
      return state.stoppedEpoch === null ? undefined : 'stop';
    },
    onEnd() {
      if (model !== undefined && best.size > 0) restoreWeights(model, best, 'earlyStopping');
      best = new Map();
    },
    saveState: () => ({ ...state, best: numberToJson(state.best) }),
    loadState(saved) {
      const { best: value, ...rest } = saved as Omit<Stopping, 'best'> & { best: string | number | null };
      state = { ...rest, best: numberFrom(value) };
    },
    saveTensors: () => best,
    loadTensors(tensors) {
      best = tensors;
    },
  };
}
