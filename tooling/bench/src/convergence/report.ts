import { median } from '../measure/median.ts';
import type { Problem } from './problem.ts';

/** What `--json` prints, and what the table and the chart are made of. */
export interface ConvergenceReport {
  readonly benchmark: 'convergence';
  readonly made: Made;
  /** Learning rates that were tried first, then those half a decade from the best; and the seeds of the runs. */
  readonly tuning: Readonly<Record<'rates' | 'seeds', readonly number[]>>;
  readonly problems: readonly ProblemReport[];
}

/** How a report came about. */
export interface Made {
  readonly machine: string;
  /** Of tuning and running, all rules together. */
  readonly seconds: number;
  readonly processorSeconds: number;
  /** The commits of the code that ran. */
  readonly code: readonly string[];
}

/** What was found on a problem. */
export interface ProblemReport extends Pick<Problem, 'name' | 'title' | 'summary' | 'target' | 'mostSteps' | 'tunedOn'> {
  /** In the order of the rules; those that the problem does not suit are left out. */
  readonly found: readonly Found[];
}

/** How a rule did on a problem. */
export interface Found {
  readonly rule: string;
  readonly learningRate: number;
  /** Whether it was tuned; second-order rules search along their direction instead. */
  readonly tuned: boolean;
  /** By seed. */
  readonly runs: readonly FoundRun[];
  /** Of tuning and running. */
  readonly seconds: number;
  /** Of the processor: less where the machine had other work. */
  readonly processorSeconds: number;
  /** The commit of the code that ran. */
  readonly code: string;
}

export interface FoundRun {
  readonly seed: number;
  /** `null` where the target was not reached. */
  readonly steps: number | null;
  /** Of loss and gradient. */
  readonly evaluations: number;
}

/** Medians over the seeds; infinite where half of the runs did not reach the target. */
export interface Medians {
  readonly steps: number;
  readonly evaluations: number;
}

export const mediansOf = ({ runs }: Found): Medians => ({
  steps: median(runs.map(({ steps }) => steps ?? Infinity)),
  evaluations: median(runs.map(({ steps, evaluations }) => (steps === null ? Infinity : evaluations))),
});
