import { codeVersion, machine, minutes, timeLeft, type ProgressView } from '@downhill/experiments';
import { registerWasmTrainingKernels } from '@downhill/wasm-kernels';
import { useBackend } from '../backend.ts';
import { rules, SECOND_ORDER, type Rule } from '../rules/rules.ts';
import { NAME } from './about.ts';
import type { ConvergenceWish } from './cli.ts';
import { findingsIn, type Findings } from './findings.ts';
import { measure } from './measure.ts';
import type { Problem } from './problem.ts';
import { mediansOf, type ConvergenceReport, type Found } from './report.ts';
import { RATES } from './tune.ts';

/** What measures, looks on, and keeps what is found. */
export interface Keeping {
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly view: ProgressView;
}

/** A rule to be measured on a problem. */
interface Task {
  readonly problem: Problem;
  readonly rule: Rule;
  readonly findings: Findings;
}

const QUICK_STEPS = 3;
const QUICK_RATES = [0.1];

/** Measures every rule on the problems that it suits, less what the folder has of an earlier run. @throws what the signal says, or DownhillError `aborted` */
export async function measureAll(wish: ConvergenceWish, { folder, signal, view }: Keeping): Promise<ConvergenceReport> {
  const seeds = Array.from({ length: wish.seeds }, (_, index) => index + 1);
  const rates = wish.quick ? QUICK_RATES : RATES;
  const problems = wish.problems.map((problem) => (wish.quick ? { ...problem, mostSteps: QUICK_STEPS } : problem));
  const tasks = problems.flatMap((problem): readonly Task[] => {
    const { name, summary, target, mostSteps, every, tunedOn } = problem;
    const findings = findingsIn(folder, name, { summary, target, mostSteps, every, rates, tunedOn, seeds });
    return rules.filter((rule) => suits(rule.name, problem)).map((rule) => ({ problem, rule, findings }));
  });
  const missing = tasks.filter(({ rule, findings }) => findings.find(rule.name) === undefined);
  if (missing.length < tasks.length) view.say(`${tasks.length - missing.length} of ${tasks.length} are measured already`);
  await useBackend('wasm');
  await registerWasmTrainingKernels({ convolution: 'winograd' });
  const left = timeLeft(missing.reduce((sum, { problem }) => sum + problem.effort, 0));
  const code = codeVersion();
  for (const [index, { problem, rule, findings }] of missing.entries()) {
    const place = `${tasks.length - missing.length + index + 1} of ${tasks.length}, ${problem.name} with ${rule.name}`;
    const soon = left.done === 0 ? '' : `, ${minutes(left.after(0))} left`;
    const onRun = (what: string): void => view.update(left.total, left.done, `${place}: ${what}${soon}`);
    const found = { ...(await timed(() => measure(problem, rule, { seeds, rates, signal, onRun }))), rule: rule.name, code };
    findings.add(found);
    left.finish(problem.effort);
    view.say(`${place}: ${outcomeOf(found)}, in ${minutes(found.seconds)}`);
  }
  return reportOf(problems, tasks, { rates, seeds });
}

/** Second-order rules want all data in each step. */
const suits = (rule: string, { whole }: Problem): boolean => whole || !SECOND_ORDER.includes(rule);

async function timed<Result>(work: () => Promise<Result>): Promise<Result & Pick<Found, 'seconds' | 'processorSeconds'>> {
  const [begun, processorBegun] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(processorBegun); // microseconds
  return { ...result, seconds: (performance.now() - begun) / 1000, processorSeconds: (user + system) / 1e6 };
}

function outcomeOf(found: Found): string {
  const { steps } = mediansOf(found);
  return `${Number.isFinite(steps) ? `${steps} steps` : 'not there'} at ${found.learningRate}`;
}

function reportOf(problems: readonly Problem[], tasks: readonly Task[], tuning: ConvergenceReport['tuning']): ConvergenceReport {
  const reports = problems.map(({ name, title, summary, target, mostSteps, tunedOn }) => {
    const found = tasks.flatMap(({ problem, rule, findings }) => (problem.name === name ? (findings.find(rule.name) ?? []) : []));
    return { name, title, summary, target, mostSteps, tunedOn, found };
  });
  const all = reports.flatMap(({ found }) => found);
  const total = (of: 'seconds' | 'processorSeconds'): number => all.reduce((sum, found) => sum + found[of], 0);
  const code = [...new Set(all.map((found) => found.code))];
  const made = { machine: machine(), seconds: total('seconds'), processorSeconds: total('processorSeconds'), code };
  return { benchmark: NAME, made, tuning, problems: reports };
}
