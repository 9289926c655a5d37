import {
  checkMonitored,
  checkNumber,
  complete,
  DownhillError,
  monitored,
  numberFromJson,
  numberToJson,
  type KeptTensor,
  type TrainingHook,
} from '@downhill/core';
import { captureWeights, checkModel, restoreWeights, type TrainableModel } from '@downhill/training';
import { STOPPING, stoppingRule, type Stopping, type StoppingOptions } from './stopping-rule.ts';

/** Options of {@link earlyStopping}. */
export interface EarlyStoppingOptions extends StoppingOptions {
  /** Whether the model gets the weights of its best epoch back when the run ends, in whatever way. @defaultValue false (Keras) */
  readonly restoreBestWeights?: boolean;
  /** The model that is trained: needed for `restoreBestWeights`. */
  readonly model?: TrainableModel | undefined;
  /** At 1 the console hears at the end of the run where it stopped, and whose weights are back. @defaultValue 0 (Keras) */
  readonly verbose?: 0 | 1;
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
 * @throws DownhillError `invalid-argument` for wrong options; at the start of the run `unknown-name` for a metric that does not exist.
 */
export function earlyStopping(options: EarlyStoppingOptions = {}): EarlyStopping {
  const defaults = { ...STOPPING, restoreBestWeights: false, model: undefined, verbose: 0 } as const;
  const { restoreBestWeights, model, verbose, ...watched } = complete('earlyStopping', options, defaults);
  const rule = stoppingRule(watched);
  checkNumber('earlyStopping', { verbose }, { min: 0, max: 1, integer: true });
  if (model !== undefined) checkModel('earlyStopping', model);
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
    onStart({ step, metrics }) {
      checkMonitored('earlyStopping', rule.monitor, metrics);
      if (step === 0) [state, best] = [rule.start, new Map()];
    },
    async onEpoch({ epoch: finished, metrics }) {
      const epoch = finished - 1;
      state = rule.next(state, { epoch, value: monitored('earlyStopping', rule.monitor, metrics) });
      if (restoreBestWeights && model !== undefined && state.bestEpoch === epoch) best = await captureWeights(model);
      return state.stoppedEpoch === null ? undefined : 'stop';
    },
    onEnd() {
      const { stoppedEpoch, bestEpoch } = state;
      const restored = model !== undefined && best.size > 0;
      if (restored) restoreWeights(model, best, 'earlyStopping');
      best = new Map();
      if (verbose === 1 && stoppedEpoch !== null) console.log(`earlyStopping: stopped after epoch ${stoppedEpoch + 1}`);
      if (verbose === 1 && restored) console.log(`earlyStopping: the weights are those of epoch ${(bestEpoch ?? 0) + 1}`);
    },
    saveState: () => ({ ...state, best: numberToJson(state.best) }),
    loadState(saved) {
      const { best: value, ...rest } = saved as Omit<Stopping, 'best'> & { best: string | number | null };
      state = { ...rest, best: numberFromJson(value) };
    },
    saveTensors: () => best,
    loadTensors(tensors) {
      best = tensors;
    },
  };
}
