import type { Check } from '../before-training/check.ts';
import type { Diagnosis } from '../doctor/diagnose.ts';
import type { ChartSeries } from '../reports/charts/chart-series.ts';
import { chartSvg, type ChartSvgOptions } from '../reports/charts/chart-svg.ts';
import type { Curves } from '../curves.ts';
import type { SearchTrial } from './search.ts';

/** What the two searches look for: those of slide 52. */
export type RuleSetting = 'learningRate' | 'weightDecay';

/** The lines of a step's picture, for whoever draws them another way: `terminalChart(chart.series, { logX, logY })`. */
export interface StepChart extends Pick<ChartSvgOptions, 'title' | 'xLabel' | 'yLabel' | 'logX' | 'logY' | 'guides'> {
  readonly series: readonly ChartSeries[];
}

/** A step of the guided run, and what came of it. */
export interface GuidedStep extends Check {
  /** From 1 to 7. */
  readonly step: number;
  readonly chart: StepChart;
  /** The chart as an SVG text. */
  readonly picture: string;
}

/** A step that made no sense any more. */
export interface SkippedStep {
  readonly step: number;
  readonly name: string;
  /** Why, as a sentence. */
  readonly reason: string;
}

/** A run of one of the searches. */
export interface GuidedTrial extends SearchTrial<RuleSetting> {
  /** 4 or 5. */
  readonly step: number;
  readonly curves: Curves;
}

/** What happens in a guided run, as plain data. */
export type GuidedEvent =
  | {
      readonly type: 'begin';
      readonly step: number;
      readonly name: string;
      /** What the step does, as a sentence. */ readonly does: string;
    }
  | { readonly type: 'progress'; readonly step: number; readonly done: number; readonly of: number; readonly text: string }
  | { readonly type: 'trial'; readonly step: number; readonly trial: GuidedTrial }
  | { readonly type: 'end'; readonly step: number; readonly found: GuidedStep }
  | ({ readonly type: 'skipped' } & SkippedStep);

/** What the steps so far found. */
export interface Found {
  readonly steps: readonly GuidedStep[];
  readonly initialLoss?: number;
  /** The loss of a model that knows nothing. */
  readonly guess?: number;
  /** Of step 3. */
  readonly learningRate?: number;
  readonly trials: readonly GuidedTrial[];
  readonly best?: GuidedTrial;
  readonly diagnosis?: Diagnosis;
  readonly next: readonly string[];
}

/** What one step adds to it. */
export interface Outcome extends Partial<Omit<Found, 'steps'>> {
  readonly check: Check;
  readonly chart: StepChart;
}

/** A step with its picture. */
export function guidedStep(step: number, { check, chart }: Outcome): GuidedStep {
  const { series, ...options } = chart;
  return { ...check, step, chart, picture: chartSvg(series, options) };
}
