import { median } from '@downhill/tuning';
import { timesOf } from './check-times.ts';
import { prunerReplay } from './pruner-trace.ts';

export const medianFile = prunerReplay((config) => median(timesOf(config)));
