import { minutes } from '@downhill/experiments';
import { table } from '@downhill/experiments/text';
import { mediansOf, type ConvergenceReport, type Found, type ProblemReport } from './report.ts';

/** The report as Markdown: a row a rule, a column a problem, and what the cells say. */
export function convergenceText({ made, tuning, problems }: ConvergenceReport): string {
  const names = [...new Set(problems.flatMap(({ found }) => found.map(({ rule }) => rule)))];
  const rows = names.map((name) => [name, ...problems.map((problem) => cellOf(problem, name))]);
  const { seeds, rates } = tuning;
  return [
    table(['rule', ...problems.map(({ title }) => title)], rows),
    problems
      .map(
        ({ title, target, summary, tunedOn }) =>
          `- ${title}, to a loss of ${target}: ${summary}. Tuned on ${counted(tunedOn.length, 'seed')}.`,
      )
      .join('\n'),
    [
      `Medians of ${counted(seeds.length, 'seed')}, to one part in twenty; behind them the learning rate, the best of ${Math.min(...rates)} to ${Math.max(...rates)} by half decades on other seeds.`,
      'All else are the defaults, weight decay included, which `sgdw`, `adamw`, `nadamw`, `lamb`, `lars` and `muon` have and which works against a low training loss. A rule that keeps an average of the weights is judged with it.',
      'Evaluations of loss and gradient are told where a step takes more than one. `>`: half of the runs were not there by then, or had blown up: the rate is not chosen on them.',
      '`newton`, `bfgs` and `lbfgs` have a line search instead of a rate, and one iteration a step; they want all data in each step, so batches are not for them (–).',
    ].join(' '),
    `\`npm run bench -- convergence\` made this in ${minutes(made.processorSeconds)} minutes of processor time on ${made.machine}, on tfjs's wasm backend.`,
  ].join('\n\n');
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

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
