import { percentile } from '@downhill/tuning';
import type { Replay } from '../../cases/case-family.ts';
import { timesOf } from './check-times.ts';
import { prunerReplay } from './pruner-trace.ts';

export const percentileFile: Replay = prunerReplay((config) =>
  percentile({ percentile: config['percentile'] as number, ...timesOf(config) }),
);
