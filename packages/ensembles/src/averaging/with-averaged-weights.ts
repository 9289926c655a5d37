import { complete } from '@downhill/core';
import { captureWeights, type StoredTensor, type TrainableModel, type ValidationView } from '@downhill/training';
import { assignAverage, type AverageChoice } from './find-average.ts';
import { swap, type Swap, type SwapOptions } from './swap.ts';

/** Options of {@link withAveragedWeights} and its siblings. */
export interface AveragedWeightsOptions extends AverageChoice, SwapOptions {}

/**
 * Runs a function while a model has the average of its weights that `emaWeights`, `swaWeights` or `polyakWeights` keeps in its optimizer. Its own weights are back
 * afterwards, also where `fn` throws; weights that are not averaged (frozen, masked) stay as they are.
 *
 * @param fn Evaluates, predicts or saves; may be asynchronous. Do not train in it: what it learned would be undone.
 *
 * @example
 * const w = tf.variable(tf.tensor1d([0]), true, 'w');
 * const model = { variables: [w], predict: (x) => x.mul(w) };
 * const ours = optimizer(emaWeights({ decay: 0.75 }));
 * ours.applyGradients({ w: tf.tensor1d([-4]) });
 * await withAveragedWeights(model, () => w.dataSync()[0], { optimizer: ours }); // 1
 * w.dataSync()[0]; // 4
 *
 * @throws DownhillError `invalid-argument` where there is no optimizer, none of its rules averages, it has not stepped, or one of several averages must be
 * chosen; `unknown-name` for a wrong choice; `unsupported` where the model has other weights in it already.
 */
export async function withAveragedWeights<Model extends TrainableModel, Result>(
  model: Model,
  fn: (model: Model) => Result | Promise<Result>,
  options: AveragedWeightsOptions = {},
): Promise<Result> {
  return swap(
    model,
    swapOf('withAveragedWeights', model, options, () => fn(model)),
  );
}

/**
 * A copy of a model's averaged weights, to keep, to average further or to load elsewhere; the model stays as it is.
 *
 * @returns What `captureWeights` of @downhill/training gives, and `restoreWeights` takes.
 *
 * @example
 * const w = tf.variable(tf.tensor1d([0]), true, 'w');
 * const ours = optimizer(polyakWeights());
 * for (const gradient of [-1, -1]) ours.applyGradients({ w: tf.tensor1d([gradient]) });
 * (await averagedWeights({ variables: [w], predict: (x) => x }, { optimizer: ours })).get('model/w').values[0]; // 1.5
 *
 * @throws DownhillError as {@link withAveragedWeights} does.
 */
export async function averagedWeights(model: TrainableModel, options: AveragedWeightsOptions = {}): Promise<Map<string, StoredTensor>> {
  return swap(
    model,
    swapOf('averagedWeights', model, options, () => captureWeights(model)),
  );
}

/**
 * Gives a model its averaged weights for good: the end of training. The optimizer's state, the average included, stays as it is.
 *
 * @example
 * const w = tf.variable(tf.tensor1d([0]), true, 'w');
 * const ours = optimizer(emaWeights({ decay: 0.75 }));
 * ours.applyGradients({ w: tf.tensor1d([-4]) });
 * await adoptAveragedWeights({ variables: [w], predict: (x) => x }, { optimizer: ours });
 * w.dataSync()[0]; // 1
 *
 * @throws DownhillError as {@link withAveragedWeights} does; the model is as it was then.
 */
export async function adoptAveragedWeights(model: TrainableModel, options: AveragedWeightsOptions = {}): Promise<void> {
  return swap(model, { ...swapOf('adoptAveragedWeights', model, options, () => {}), lasting: true });
}

/**
 * A validation of `train` with the averaged weights beside the plain one: `validationViews: { ema: averagedValidation() }` adds `val_ema_loss` and so on to
 * each epoch, which hooks such as `earlyStopping` can watch.
 *
 * @example
 * const views = { ema: averagedValidation({ average: 'emaWeights/0.99' }) };
 * typeof views.ema; // 'function'
 *
 * @throws DownhillError from the run, as {@link withAveragedWeights} does.
 */
export const averagedValidation =
  (options: Omit<AveragedWeightsOptions, 'optimizer'> = {}): ValidationView =>
  ({ model, optimizer }, evaluate) =>
    swap(model, swapOf('averagedValidation', model, { ...options, optimizer }, evaluate));

function swapOf<Result>(
  source: string,
  model: TrainableModel,
  options: AveragedWeightsOptions,
  use: () => Result | Promise<Result>,
): Swap<Result> {
  const { reestimate, ...choice } = complete(source, options, { optimizer: undefined, average: undefined, reestimate: undefined });
  return { source, reestimate, put: () => assignAverage(source, model, choice), use };
}
