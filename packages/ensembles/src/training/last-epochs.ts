import { checkNumber, complete, type TrainingHook } from '@downhill/core';
import { memberKeeper, type KeepMembersOptions } from './keep-members.ts';

/** Options of {@link lastEpochs}. */
export interface LastEpochsOptions extends KeepMembersOptions {
  /** How many epochs. @defaultValue 5 (Vaswani et al. 2017, section 6.1: the last 5 checkpoints) */
  readonly last?: number;
}

/**
 * A checkpoint ensemble: the model as it is after each of the last epochs becomes a member (Chen, Lundberg & Lee 2017, "Checkpoint ensembles",
 * arXiv:1710.03282). The store holds the last `last` epochs at every moment.
 *
 * @example
 * const hook = lastEpochs({ model: { variables: [], predict: (x) => x }, store: memoryStore(), last: 3 });
 * hook.name; // 'lastEpochs'
 *
 * @throws DownhillError `invalid-argument` for wrong options, at the start of the run for a store that holds an ensemble already.
 */
export function lastEpochs(options: LastEpochsOptions): TrainingHook {
  const defaults = { model: undefined, store: undefined, last: 5, classes: undefined };
  const kept = complete('lastEpochs', options, defaults) as unknown as LastEpochsOptions & { readonly last: number };
  checkNumber('lastEpochs', { last: kept.last }, { min: 1, integer: true });
  const { keep, ...hook } = memberKeeper('lastEpochs', 'lastEpochs', kept);
  return {
    kind: 'hook',
    name: 'lastEpochs',
    ...hook,
    onEpoch: ({ step, epoch }) => keep(`epoch-${String(epoch).padStart(4, '0')}`, { step, epoch }),
  };
}
