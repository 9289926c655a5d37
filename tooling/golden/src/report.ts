import type { Deviation } from './family.ts';
import type { FileReport, Result } from './replay.ts';

export interface Summary {
  readonly passed: number;
  readonly failed: number;
  readonly notCovered: number;
}

export function summary(files: readonly FileReport[]): Summary {
  const count = (status: FileReport['status']): number => files.filter((file) => file.status === status).length;
  return { passed: count('passed'), failed: count('failed'), notCovered: count('not covered') };
}

export const lastLine = ({ passed, failed, notCovered }: Summary): string =>
  `${passed} passed, ${failed} failed, ${notCovered} not covered`;

/** One line for a file: `optimizers/adam  passed  cpu 1.5e-7  wasm 1.5e-7  (at most 1.6e-6)`. */
export function fileLine({ family, name, status, reason, results }: FileReport, width: number): string {
  const title = `${family}/${name}`.padEnd(width);
  if (status === 'not covered') return `${title}  not covered: ${reason ?? 'no reason given'}`;
  const shown = results.every((result) => same(result, results[0]))
    ? results.slice(0, 1).map((result) => number(result))
    : results.map((result) => `${result.backend} ${number(result)}`);
  const worst = results
    .filter(({ passed }) => passed === (status === 'passed'))
    .map((result) => result.worst)
    .find((deviation) => deviation !== undefined);
  return `${title}  ${status === 'failed' ? 'FAILED' : status}  ${[...shown, worst === undefined ? '' : bound(worst, status === 'failed')].join('  ').trimEnd()}`;
}

const same = (a: Result, b: Result | undefined): boolean => a.worst === b?.worst && a.problem === b?.problem;
const number = ({ worst, problem }: Result): string => problem ?? worst?.error.toExponential(1) ?? '';
const bound = ({ tolerance, where }: Deviation, failed: boolean): string =>
  `(at most ${tolerance.toExponential(1)}${failed ? `; ${where}` : ''})`;
