import { checkModel, type TrainableModel } from '@downhill/training';
import { disposeModel, openModel } from './model-member.ts';
import { memberOf, type Member, type MemberOptions } from './member.ts';

/**
 * A saved model as a member: loaded when its turn comes and disposed of after it, so that an ensemble of any size takes the memory of
 * one model.
 *
 * @param load Loads or builds the model, each time anew: `() => tf.loadLayersModel('file://fold-1/model.json')`.
 *
 * @example
 * const member = loadedMember(async () => ({ variables: [], predict: (xs) => xs }), { name: 'fold 1' });
 * member.name; // 'fold 1'
 *
 * @throws What `load` throws, when the member is opened; DownhillError `invalid-argument` where it gives no model.
 */
export function loadedMember(load: () => TrainableModel | Promise<TrainableModel>, options: MemberOptions = {}): Member {
  return memberOf(
    'loadedMember',
    async () => {
      const model = await load();
      checkModel('loadedMember', model);
      return openModel(model, () => disposeModel(model));
    },
    options,
    load.name,
  );
}
