import { successiveHalving } from '@downhill/tuning';
import type { Replay } from '../../cases/case-family.ts';
import { prunerReplay } from './pruner-trace.ts';

export const successiveHalvingFile: Replay = prunerReplay((config) =>
  successiveHalving({
    minResource: config['min_resource'] as number,
    reductionFactor: config['reduction_factor'] as number,
    minEarlyStoppingRate: config['min_early_stopping_rate'] as number,
    bootstrapCount: config['bootstrap_count'] as number,
  }),
);
