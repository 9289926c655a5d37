import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Settings } from '@downhill/tuning';
import { pythonEnvironment } from '../python.ts';
import { bestAfter } from './search.ts';
import type { Problem } from './problem.ts';

const SCRIPT = fileURLToPath(new URL('../../python/tuning.py', import.meta.url));

/** What `python/tuning.py` answers. */
interface Answer {
  readonly optuna: string;
  readonly studies: readonly { readonly values: readonly number[]; readonly best: Settings }[];
}

export interface OptunaSearch {
  readonly python: string;
  readonly sampler: Readonly<Record<string, unknown>>;
  readonly trials: number;
  readonly seeds: readonly number[];
}

/**
 * Searches a problem with Optuna's TPE, in a process of its own.
 *
 * @returns Optuna's version, and by seed the values of the trials
 * @throws Error where Python's best value is not that of our function at the same settings: then the two solved different problems.
 */
export async function searchOptuna(
  problem: Problem,
  { python, ...rest }: OptunaSearch,
): Promise<{ readonly version: string; readonly values: readonly (readonly number[])[] }> {
  const { name, parameters, data } = problem;
  const answer = JSON.parse(await answerOf(python, JSON.stringify({ problem: name, parameters, data, ...rest }))) as Answer;
  for (const { values, best } of answer.studies) {
    const [theirs, ours] = [bestAfter(values, values.length), problem.at(best)];
    if (Math.abs(theirs - ours) > 1e-9 * Math.max(1, Math.abs(ours)))
      throw new Error(`${name} is ${theirs} in Python and ${ours} here, both at ${JSON.stringify(best)}`);
  }
  return { version: answer.optuna, values: answer.studies.map(({ values }) => values) };
}

function answerOf(python: string, question: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { env: pythonEnvironment(process.env, false), maxBuffer: 2 ** 28 };
    const child = execFile(python, ['-B', SCRIPT], options, (error, out) => (error === null ? resolve(out) : reject(error)));
    child.stdin?.end(question);
  });
}
