import { DownhillError, show } from '@downhill/core';
import type { DownhillOptimizer } from '@downhill/tfjs';
import { trainableVariables, type TrainableModel } from '@downhill/training';
import { dispose, type Optimizer } from '@tensorflow/tfjs-core';

/** Which average of which optimizer. */
export interface AverageChoice {
  /** The optimizer that trains the model. @defaultValue the one that the model was compiled with */
  readonly optimizer?: Optimizer | undefined;
  /** Which average, where there are several: `emaWeights/0.99`, `swaWeights/average`. @defaultValue the only one */
  readonly average?: string | undefined;
}

type Averaging = Pick<DownhillOptimizer, 'average' | 'averageNames'>;

/** An optimizer that keeps averages, looked for by shape: two copies of @downhill/tfjs may meet. */
const keepsAverages = (optimizer: unknown): optimizer is Averaging =>
  typeof optimizer === 'object' && optimizer !== null && 'averageNames' in optimizer && 'average' in optimizer;

/** Assigns an average to the weights that it is of; the others stay as they are. */
export function assignAverage(source: string, model: TrainableModel, choice: AverageChoice): void {
  const compiled: Optimizer | null | undefined = 'layers' in model ? model.optimizer : undefined;
  const optimizer = choice.optimizer ?? compiled ?? undefined;
  if (optimizer === undefined)
    throw new DownhillError({
      code: 'invalid-argument',
      source,
      problem: '`optimizer` must be given for a model that was not compiled with one',
      advice: 'Pass the optimizer(...) that trains it; train takes one in place of `transform`.',
    });
  const averaging = keepsAverages(optimizer) ? optimizer : undefined;
  const name = chosen(source, averaging?.averageNames ?? [], choice.average);
  const averages = averaging?.average(name, trainableVariables(model)) ?? new Map();
  try {
    if (averages.size === 0)
      throw new DownhillError({
        code: 'state-mismatch',
        source,
        problem: `the optimizer has no '${name}' of any weight of the model`,
        advice: 'Pass the model that it trained.',
      });
    for (const [variable, value] of averages) variable.assign(value);
  } finally {
    dispose([...averages.values()]);
  }
}

function chosen(source: string, names: readonly string[], wanted: string | undefined): string {
  const [only, ...others] = names;
  if (only === undefined)
    throw new DownhillError({
      code: 'invalid-argument',
      source,
      problem: 'the optimizer keeps no average of the weights',
      advice: 'Train with optimizer(chain(adamw(), emaWeights())).',
    });
  if (wanted === undefined && others.length === 0) return only;
  if (wanted !== undefined && names.includes(wanted)) return wanted;
  throw new DownhillError({
    code: wanted === undefined ? 'invalid-argument' : 'unknown-name',
    source,
    problem: wanted === undefined ? 'the optimizer keeps several averages' : `the optimizer keeps no average ${show(wanted)}`,
    advice: `Choose with \`average\`: ${names.join(', ')}.`,
  });
}
