import { join, relative, resolve } from 'node:path';
import { readFileSync } from 'node:fs';
import { isDownhillError } from '@downhill/core';
import { stopSignal } from '@downhill/demo/node';
import { codeVersion, json, machine, minutes, progressView, timeLeft, type ProgressView } from '@downhill/experiments';
import { projectFolder } from '@downhill/experiments/text';
import { registerWasmTrainingKernels } from '@downhill/wasm-kernels';
import { useBackend } from '../backend.ts';
import { rules, SECOND_ORDER } from '../rules/rules.ts';
import { NAME } from './about.ts';
import { commandLine, isWhole, readConvergenceArguments, type ConvergenceWish } from './cli.ts';
import { findingsIn } from './findings.ts';
import { measure } from './measure.ts';
import type { Problem } from './problem.ts';
import { publish, RESULT } from './publish.ts';
import { mediansOf, type ConvergenceReport, type Found } from './report.ts';
import { convergenceText } from './text.ts';
import { RATES, TUNING_SEEDS } from './tune.ts';

const STOPPED = 130; // as a shell reports Ctrl-C
const QUICK_STEPS = 3;
const QUICK_RATES = [0.1];

/** The command line: measures what is not measured yet, and reports. @returns the exit code */
export async function runConvergence(args: readonly string[]): Promise<number> {
  const wish = readConvergenceArguments(args, (line) => void process.stderr.write(line));
  const print = (report: ConvergenceReport): void => void process.stdout.write(wish.json ? json(report) : `${convergenceText(report)}\n`);
  const view = progressView();
  if (wish.draw) {
    const report = JSON.parse(readFileSync(join(projectFolder, RESULT), 'utf8')) as ConvergenceReport;
    print(report);
    view.say(`written: ${(await publish(report)).join(', ')}`);
    return 0;
  }
  const signal = stopSignal();
  const from = process.env.INIT_CWD ?? process.cwd(); // where the user stands
  const folder = resolve(from, wish.folder ?? `runs/${NAME}-${new Date().toISOString().slice(0, 19).replace(/[T:]/g, '-')}`);
  const shown = relative(from, folder).startsWith('..') ? folder : relative(from, folder) || '.';
  view.say(`findings are kept in ${shown}`);
  try {
    const report = await measureAll(wish, folder, signal, view);
    print(report);
    if (isWhole(wish)) view.say(`written: ${(await publish(report)).join(', ')}`);
    else view.say('written nowhere else: readers are shown what all problems and five seeds gave');
    return 0;
  } catch (error) {
    if (!signal.aborted || !isStop(error)) throw error;
    view.say(`stopped; ${commandLine(wish)} --folder ${shown} goes on`);
    return STOPPED;
  } finally {
    view.end();
  }
}

const isStop = (error: unknown): boolean => (isDownhillError(error) ? error.code === 'aborted' : (error as Error).name === 'AbortError');

/** Whether a rule is run on a problem: second-order rules want all data in each step. */
const suits = (rule: string, { whole }: Problem): boolean => whole || !SECOND_ORDER.includes(rule);

async function measureAll(wish: ConvergenceWish, folder: string, signal: AbortSignal, view: ProgressView): Promise<ConvergenceReport> {
  const { quick } = wish;
  const seeds = Array.from({ length: wish.seeds }, (_, index) => index + 1);
  const rates = quick ? QUICK_RATES : RATES;
  const chosen = wish.problems.map((problem) => (quick ? { ...problem, mostSteps: QUICK_STEPS } : problem));
  const tasks = chosen.flatMap((problem) => {
    const { name, summary, target, mostSteps, every } = problem;
    const findings = findingsIn(folder, name, { summary, target, mostSteps, every, rates, tunedOn: TUNING_SEEDS, seeds });
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
    const [begun, processorBegun] = [performance.now(), process.cpuUsage()];
    const soon = left.done === 0 ? '' : `, ${minutes(left.after(0))} left`;
    const onRun = (what: string): void => view.update(left.total, left.done, `${place}: ${what}${soon}`);
    const measured = await measure(problem, rule, { seeds, rates, signal, onRun });
    const { user, system } = process.cpuUsage(processorBegun); // microseconds
    const spent = { seconds: (performance.now() - begun) / 1000, processorSeconds: (user + system) / 1e6 };
    const found = { rule: rule.name, ...measured, ...spent, code };
    findings.add(found);
    left.finish(problem.effort);
    view.say(`${place}: ${outcomeOf(found)}, in ${minutes(found.seconds)}`);
  }
  const reports = chosen.map(({ name, title, summary, target, mostSteps }) => {
    const found = tasks.flatMap(({ problem, rule, findings }) => (problem.name === name ? (findings.find(rule.name) ?? []) : []));
    return { name, title, summary, target, mostSteps, found };
  });
  const all = reports.flatMap(({ found }) => found);
  const total = (of: 'seconds' | 'processorSeconds'): number => all.reduce((sum, found) => sum + found[of], 0);
  const spent = { seconds: total('seconds'), processorSeconds: total('processorSeconds') };
  return {
    benchmark: NAME,
    made: { machine: machine(), ...spent, code: [...new Set(all.map(({ code: own }) => own))] },
    problems: reports,
  };
}

function outcomeOf(found: Found): string {
  const { steps } = mediansOf(found);
  return `${Number.isFinite(steps) ? `${steps} steps` : 'not there'} at ${found.learningRate}`;
}
