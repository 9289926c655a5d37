import { table, timeOf } from '@downhill/experiments/text';
import { mediansOf, type ConvergenceReport, type Found, type ProblemReport } from './report.ts';
import { RATES, TUNING_SEEDS } from './tune.ts';

/** The report as Markdown: a row a rule, a column a problem, and what the cells say. */
export function convergenceText({ made, problems }: ConvergenceReport): string {
  const names = [...new Set(problems.flatMap(({ found }) => found.map(({ rule }) => rule)))];
  const rows = names.map((name) => [name, ...problems.map((problem) => cellOf(problem, name))]);
  const seeds = problems[0]?.found[0]?.runs.length ?? 0;
  const [low, high] = [Math.min(...RATES), Math.max(...RATES)];
  return [
    table(['rule', ...problems.map(({ title }) => title)], rows),
    problems.map(({ title, target, summary }) => `- ${title}, to a loss of ${target}: ${summary}.`).join('\n'),
    [
      `Medians of ${seeds} seeds, to one part in twenty; behind them the learning rate, the best of ${low} to ${high} by half decades on ${TUNING_SEEDS.length} other seeds.`,
      'All else are the defaults, the weight decay of `sgdw`, `adamw`, `nadamw` and `muon` included. A rule that keeps an average of the weights is judged with it.',
      'Evaluations of loss and gradient are told where a step takes more than one. `>`: half of the runs were not there by then.',
      '`newton`, `bfgs` and `lbfgs` have a line search instead of a rate, and one iteration a step; they want all data in each step, so batches are not for them (–).',
    ].join(' '),
    `\`npm run bench -- convergence\` made this in ${timeOf(made)} on ${made.machine}, on tfjs's wasm backend.`,
  ].join('\n\n');
}

function cellOf({ found, mostSteps }: ProblemReport, rule: string): string {
  const own = found.find((each) => each.rule === rule);
  return own === undefined ? '–' : textOf(own, mostSteps);
}

function textOf(found: Found, mostSteps: number): string {
  const { steps, evaluations } = mediansOf(found);
  if (!Number.isFinite(steps)) return `> ${mostSteps}`;
  const details = [...(found.tuned ? [String(found.learningRate)] : []), ...(evaluations > steps ? [`${evaluations} evaluations`] : [])];
  return [String(steps), ...(details.length > 0 ? [`(${details.join(', ')})`] : [])].join(' ');
}
