import {
  checkMonitored,
  checkNumber,
  complete,
  controlledIn,
  DownhillError,
  isSchedule,
  monitorDirection,
  monitored,
  show,
  type Controlled,
  type TrainingHook,
} from '@downhill/core';
import { PLATEAU, plateauFromJson, plateauRule, plateauToJson, type Plateau, type PlateauOptions } from './plateau-rule.ts';

/** Options of {@link reduceOnPlateau}; rule and defaults are those of PyTorch's `ReduceLROnPlateau` where it has them. */
export interface ReduceOnPlateauOptions extends PlateauOptions {
  /** The metric that the hook reads: `loss`, one of the run's metrics, or with the prefix `val_` that of the validation. @defaultValue 'val_loss' (Keras) */
  readonly monitor?: string;
  /** Whether less or more of it is better; `auto` goes by its name. @defaultValue 'auto' (Keras; for a loss that is PyTorch's 'min') */
  readonly mode?: 'auto' | 'min' | 'max';
  /** What the rate is multiplied by, at least 0 and below 1. @defaultValue 0.1 (PyTorch and Keras) */
  readonly factor?: number;
  /** The rate does not go below. @defaultValue 0 (PyTorch's `min_lr`) */
  readonly min?: number;
  /** A reduction that changes the rate by no more than this is left out, at least 0. @defaultValue 1e-8 (PyTorch's `eps`) */
  readonly epsilon?: number;
  /** At 1 the console hears of each reduction. @defaultValue 0 (Keras) */
  readonly verbose?: 0 | 1;
}

/** Lowers a controlled rate that no longer gets anywhere. */
export interface ReduceOnPlateau extends TrainingHook {
  /** How long it has not become better. */
  readonly state: Plateau;
  /**
   * Tells it the metric of an epoch, where no loop calls it as a hook: in `onEpochEnd` of your own `model.fit`.
   *
   * @returns Whether the rate was lowered.
   * @throws DownhillError `invalid-argument` for what is no number. NaN is one.
   */
  report(metric: number): boolean;
}

/**
 * Multiplies a controlled rate by `factor` when a metric has stopped to improve.
 *
 *     bad reports in a row > patience:  rate ← max(factor · rate, min)
 *     better: a < best (1 − threshold), in the mode 'max' a > best (1 + threshold);  'abs': a < best − threshold, a > best + threshold
 *
 * PyTorch's `ReduceLROnPlateau`, also Keras'. As a hook of the loop it reads `monitor` after each epoch, and a checkpoint keeps its state: the rate
 * itself is kept with the optimizer. NaN counts as no improvement, and the console is told at the first in a row. After a reduction the reports of the
 * cooldown do not count. The rate may be part of others, which then all follow: `warmup(rate, { steps: 500 })`, `scale(rate, 0.1)`.
 *
 * @example
 * const rate = controlled(0.1);
 * const plateau = reduceOnPlateau(rate, { patience: 1 });
 * const callbacks = { onEpochEnd: (epoch, logs) => void plateau.report(logs.val_loss) };
 * [3, 3, 3].map((loss) => plateau.report(loss)); // [false, false, true]
 * rate.value; // 0.01
 *
 * @throws DownhillError `invalid-argument` for a rate that is not controlled and for wrong options; at the start of the run `unknown-name` for a metric
 * that does not exist.
 */
export function reduceOnPlateau(rate: Controlled, options: ReduceOnPlateauOptions = {}): ReduceOnPlateau {
  checkControlled(rate);
  const defaults = { ...PLATEAU, monitor: 'val_loss', mode: 'auto', factor: 0.1, min: 0, epsilon: 1e-8, verbose: 0 } as const;
  const { monitor, mode, factor, min, epsilon, verbose, ...watched } = complete(SOURCE, options, defaults);
  const rule = plateauRule(SOURCE, monitorDirection(SOURCE, { monitor, mode }), watched);
  checkNumber(SOURCE, { factor }, { min: 0, below: 1 });
  checkNumber(SOURCE, { min });
  checkNumber(SOURCE, { epsilon }, { min: 0 });
  checkNumber(SOURCE, { verbose }, { min: 0, max: 1, integer: true });
  let state = rule.start;
  let wasNaN = false;
  const lower = (): boolean => {
    const lowered = Math.max(factor * rate.value, min);
    if (!(rate.value - lowered > epsilon)) return false;
    if (verbose === 1) console.log(`${SOURCE}: ${monitor} no longer improves on ${state.best}: ${rate.value} becomes ${lowered}`);
    rate.value = lowered;
    return true;
  };
  const report = (metric: number): boolean => {
    checkMetric(metric);
    const isNaN = Number.isNaN(metric);
    if (isNaN && !wasNaN)
      console.warn(
        `Downhill: ${SOURCE} was told NaN for ${monitor}: it counts as no improvement, as long as it lasts. Look for what made it.`,
      );
    wasNaN = isNaN;
    const { state: next, reduce } = rule.next(state, metric);
    state = next;
    return reduce && lower();
  };
  return {
    kind: 'hook',
    name: SOURCE,
    get state() {
      return state;
    },
    report,
    onStart({ step, metrics }) {
      checkMonitored(SOURCE, monitor, metrics);
      if (step === 0) [state, wasNaN] = [rule.start, false];
    },
    onEpoch({ metrics }) {
      report(monitored(SOURCE, monitor, metrics));
    },
    saveState: () => plateauToJson(state),
    loadState(saved) {
      state = plateauFromJson(saved);
    },
  };
}

const SOURCE = 'reduceOnPlateau';

function checkControlled(rate: unknown): asserts rate is Controlled {
  if (isSchedule(rate) && controlledIn(rate)[0] === rate) return;
  throw new DownhillError({
    code: 'invalid-argument',
    source: SOURCE,
    problem: `\`rate\` must be a controlled schedule, got ${show(rate)}`,
    advice: 'Make it by controlled(0.1) of @downhill/core, and give the same one to the optimizer.',
  });
}

function checkMetric(metric: unknown): asserts metric is number {
  if (typeof metric === 'number') return;
  throw new DownhillError({
    code: 'invalid-argument',
    source: SOURCE,
    problem: `\`metric\` must be a number, got ${show(metric)}`,
    advice: 'Report a number of the epoch, such as logs.val_loss where there is validation data.',
  });
}
