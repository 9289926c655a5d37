import type { Run } from '../series.ts';
import { generalizationFeatures, type GeneralizationFeatures } from './generalization.ts';
import { levelFeatures, type LevelFeatures } from './level.ts';
import { scheduleFeatures, type ScheduleFeatures } from './schedule.ts';
import { startFeatures, type StartFeatures } from './start.ts';
import { trendFeatures, type TrendFeatures } from './trend.ts';

/** What the rules look at: undefined where the series that it needs is not there. */
export interface Features extends StartFeatures, LevelFeatures, TrendFeatures, GeneralizationFeatures, ScheduleFeatures {
  /** The epoch at which the training loss was first NaN or infinite, from 1; 0 where it never was. */
  readonly brokenAt: number;
}

export type FeatureName = keyof Features;

export const featuresOf = (run: Run): Features => ({
  brokenAt: run.brokenAt,
  ...startFeatures(run),
  ...levelFeatures(run),
  ...trendFeatures(run),
  ...generalizationFeatures(run),
  ...scheduleFeatures(run),
});
