import type { RunPosition, TrainingHook } from '@downhill/core';
import type { FunctionModel } from '@downhill/training';
import type { Tensor } from '@tensorflow/tfjs-core';
import { Callback, type LayersModel } from '@tensorflow/tfjs-layers';
import { earlyStopping, type EarlyStoppingOptions } from './early-stopping.ts';
import { keepBest, type KeepBestOptions } from './keep-best.ts';

/** In place of the model, which fit alone knows. */
const UNKNOWN: FunctionModel = { variables: [], predict: (x) => x as Tensor };

/**
 * {@link earlyStopping} for your own `model.fit`: Keras's `EarlyStopping` with `restoreBestWeights`, which tfjs's own refuses.
 *
 * @example
 * const args = { epochs: 100, validationSplit: 0.2, callbacks: earlyStoppingCallback({ patience: 3, restoreBestWeights: true }) };
 * args.callbacks.validationData; // null
 *
 * @throws DownhillError `invalid-argument` for wrong options; `fit` rejects at its start with `unknown-name` for a metric that does not exist.
 */
export function earlyStoppingCallback(options: Omit<EarlyStoppingOptions, 'model'> = {}): Callback {
  earlyStopping({ ...options, model: UNKNOWN }); // wrong options are heard of here, not in fit
  return new HookCallback((model) => earlyStopping({ ...options, model }));
}

/**
 * {@link keepBest} for your own `model.fit`.
 *
 * @example
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
 * const args = { epochs: 100, validationSplit: 0.2, callbacks: keepBestCallback({ model, store: memoryStore() }) };
 * args.callbacks.validationData; // null
 *
 * @throws DownhillError as {@link keepBest}.
 */
export function keepBestCallback(options: KeepBestOptions): Callback {
  const hook = keepBest(options);
  return new HookCallback(() => hook);
}

/** A hook that looks at epochs alone, in `fit`. */
class HookCallback extends Callback {
  private readonly makeHook: (model: LayersModel) => TrainingHook;
  private hook: TrainingHook | undefined;

  constructor(makeHook: (model: LayersModel) => TrainingHook) {
    super();
    this.makeHook = makeHook;
  }

  override async onTrainBegin(): Promise<void> {
    this.hook = this.makeHook(this.model);
    const { metrics = [] } = this.params as { readonly metrics?: readonly string[] };
    await this.hook.onStart?.({ ...this.position(0), metrics }, { model: this.model });
  }

  override async onEpochEnd(epoch: number, logs: Readonly<Record<string, number | Tensor>> = {}): Promise<void> {
    const answer = await this.hook?.onEpoch?.({ ...this.position(epoch + 1), metrics: await numbersOf(logs) });
    if (answer === 'stop') this.model.stopTraining = true;
  }

  override async onTrainEnd(): Promise<void> {
    await this.hook?.onEnd?.(this.position(0));
  }

  private position(epoch: number): RunPosition {
    const { epochs = epoch, steps = 0 } = this.params as { readonly epochs?: number; readonly steps?: number };
    return { step: this.model.optimizer.iterations, steps: epochs * steps, epoch, epochs };
  }
}

/** Reads logs and leaves them: tfjs disposes of their tensors. */
async function numbersOf(logs: Readonly<Record<string, number | Tensor>>): Promise<Record<string, number>> {
  const read = Object.entries(logs).map(async ([name, value]): Promise<[string, number]> => [
    name,
    typeof value === 'number' ? value : ((await value.data())[0] ?? Number.NaN),
  ]);
  return Object.fromEntries(await Promise.all(read));
}
