import { SECOND_ORDER, type Rule } from '../rules/rules.ts';
import { descend } from './descend.ts';
import type { Problem } from './problem.ts';
import type { Found, FoundRun } from './report.ts';
import { tune } from './tune.ts';

/** How a rule is measured on a problem. */
export interface Measurement {
  readonly seeds: readonly number[];
  /** Learning rates to try. */
  readonly rates: readonly number[];
  readonly signal: AbortSignal;
  /** Hears what is run. */
  onRun(what: string): void;
}

/** Tunes the learning rate of a rule, and runs it with each seed. @throws DownhillError `aborted`, or what the signal says */
export async function measure(
  problem: Problem,
  rule: Rule,
  { seeds, rates, signal, onRun }: Measurement,
): Promise<Pick<Found, 'learningRate' | 'tuned' | 'runs'>> {
  const tuned = !SECOND_ORDER.includes(rule.name);
  const learningRate = tuned
    ? await tune(
        (rate, seed, mostSteps) => {
          onRun(`tuning, at ${rate}`);
          return descend(problem, rule, { learningRate: rate, seed, mostSteps, signal });
        },
        { mostSteps: problem.mostSteps, rates, seeds: problem.tunedOn },
      )
    : rule.learningRate;
  const runs: FoundRun[] = [];
  for (const seed of seeds) {
    onRun(`seed ${seed}, at ${learningRate}`);
    const { steps, evaluations } = await descend(problem, rule, { learningRate, seed, mostSteps: problem.mostSteps, signal });
    runs.push({ seed, steps, evaluations });
  }
  return { learningRate, tuned, runs };
}
