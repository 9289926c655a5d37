import type { Experiment, Outcome, Trial } from '../experiment.ts';
import { trialName } from '../trials.ts';
import { timeLeft, minutes } from './time-left.ts';
import type { ProgressView } from './progress-view.ts';
import type { Result, Results } from './results.ts';

export interface RunOptions {
  readonly experiment: Experiment;
  readonly trials: readonly Trial[];
  /** What is there of an earlier run. */
  readonly finished: readonly Result[];
  readonly results: Results;
  readonly signal: AbortSignal;
  readonly view: ProgressView;
  /** The commit of the code. */
  readonly code: string;
}

/**
 * Does the trials that have no result yet, one after the other, and keeps each result as soon as it is there.
 *
 * @returns the results of all, or `undefined` where the signal ended it early: the trial under way is then done anew the next time.
 */
export async function runTrials({
  experiment,
  trials,
  finished,
  results,
  signal,
  view,
  code,
}: RunOptions): Promise<readonly Result[] | undefined> {
  const done = new Map(finished.map((result) => [trialName(result.trial), result]));
  const missing = trials.filter((trial) => !done.has(trialName(trial)));
  if (done.size > 0) view.say(`${done.size} of ${trials.length} trials are finished already`);
  const left = timeLeft(missing.reduce((sum, trial) => sum + stepsOf(experiment, trial), 0));
  for (const trial of missing) {
    if (signal.aborted) return undefined;
    const [start, processorStart] = [performance.now(), process.cpuUsage()];
    const place = `trial ${done.size + 1} of ${trials.length}, ${describe(trial)}`;
    view.update(left.total, left.done, place);
    const outcome = await experiment.train(trial, {
      signal,
      onStep: (step, standing) => view.update(left.total, left.done + step, `${place}: ${standing}, ${minutes(left.after(step))} left`),
    });
    if (outcome === undefined) return undefined;
    left.finish(stepsOf(experiment, trial));
    const { user, system } = process.cpuUsage(processorStart); // microseconds
    const result = { trial, outcome, seconds: (performance.now() - start) / 1000, processorSeconds: (user + system) / 1e6, code };
    results.add(result);
    done.set(trialName(trial), result);
    view.say(`${place}: ${verdict(experiment, outcome)}, in ${minutes(result.seconds)}`);
  }
  return [...done.values()];
}

const stepsOf = (experiment: Experiment, { plan, arm }: Trial): number => plan.steps * (experiment.trainings?.(arm) ?? 1);

const describe = ({ dataSet, arm, seed }: Trial): string => `${dataSet} with ${arm}, seed ${seed}`;

const verdict = ({ quantities: [main] }: Experiment, { quantities }: Outcome): string =>
  `${main.name} ${(quantities[main.name] ?? Number.NaN).toFixed(4)}`;
