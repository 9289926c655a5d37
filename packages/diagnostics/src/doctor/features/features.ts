import type { Run } from '../series.ts';
import { generalizationFeatures, type GeneralizationFeatures } from './generalization.ts';
import { levelFeatures, type LevelFeatures } from './level.ts';
import { scheduleFeatures, type ScheduleFeatures } from './schedule.ts';
import { startFeatures, type StartFeatures } from './start.ts';
import { trendFeatures, type TrendFeatures } from './trend.ts';

/** What the rules look at: undefined where the series that it needs is not there. */
export interface Features extends StartFeatures, LevelFeatures, TrendFeatures, GeneralizationFeatures, ScheduleFeatures {
  /** 1 where the training loss was NaN or infinite, else 0. */
  readonly nonFinite: number;
}

export type FeatureName = keyof Features;

export const featuresOf = (run: Run): Features => ({
  nonFinite: run.nonFinite ? 1 : 0,
  ...startFeatures(run),
  ...levelFeatures(run),
  ...trendFeatures(run),
  ...generalizationFeatures(run),
  ...scheduleFeatures(run),
});
