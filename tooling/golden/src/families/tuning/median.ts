import { median } from '@downhill/tuning';
import type { Replay } from '../../cases/case-family.ts';
import { timesOf } from './check-times.ts';
import { prunerReplay } from './pruner-trace.ts';

export const medianFile: Replay = prunerReplay((config) => median(timesOf(config)));
