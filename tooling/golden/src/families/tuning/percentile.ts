import { percentile } from '@downhill/tuning';
import { timesOf } from './check-times.ts';
import { prunerReplay } from './pruner-trace.ts';

export const percentileFile = prunerReplay((config) => percentile({ percentile: config['percentile'] as number, ...timesOf(config) }));
