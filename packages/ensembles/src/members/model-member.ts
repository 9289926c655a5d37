import { DownhillError } from '@downhill/core';
import { checkModel, isLayersModel, type TrainableModel } from '@downhill/training';
import type { Tensor } from '@tensorflow/tfjs-core';
import { memberOf, type Member, type MemberOptions, type OpenMember } from './member.ts';

/**
 * A model in memory as a member: a LayersModel with one output, or `{ variables, predict }`. It stays its owner's: closing the member
 * disposes of nothing.
 *
 * @example
 * const member = modelMember({ variables: [], predict: (xs) => tf.softmax(xs) }, { name: 'plain' });
 * member.name; // 'plain'
 *
 * @throws DownhillError `invalid-argument` for what is no model; when it predicts, `unsupported` for a model of several outputs.
 */
export function modelMember(model: TrainableModel, options: MemberOptions = {}): Member {
  checkModel('modelMember', model);
  return memberOf('modelMember', () => openModel(model, () => {}), options, isLayersModel(model) ? model.name : 'model');
}

/** A model that predicts as outside training. */
export function openModel(model: TrainableModel, close: OpenMember['close']): OpenMember {
  return { predict: (xs) => predictWith(model, xs), close };
}

function predictWith(model: TrainableModel, xs: Tensor | Tensor[]): Tensor {
  if (!isLayersModel(model)) return model.predict(xs, { training: false });
  const output = model.predictOnBatch(xs);
  if (!Array.isArray(output)) return output;
  throw new DownhillError({
    code: 'unsupported',
    source: 'modelMember',
    problem: `the model '${model.name}' has ${output.length} outputs`,
    advice: 'Take functionMember with a function that picks or joins them.',
  });
}

/** Gives back a model's weights. */
export function disposeModel(model: TrainableModel): void {
  if (isLayersModel(model)) model.dispose();
  else for (const variable of model.variables) variable.dispose();
}
