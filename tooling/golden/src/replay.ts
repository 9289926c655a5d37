import { readFileSync } from 'node:fs';
import type { Found } from './discover.ts';
import { NotCovered, type Backend, type Deviation, type Family } from './family.ts';

/** How a file did on one backend. */
export interface Result {
  readonly backend: Backend;
  readonly passed: boolean;
  /** The comparison that came nearest to its tolerance, or went furthest past it; none where the replay itself broke. */
  readonly worst?: Deviation;
  /** What broke the replay. */
  readonly problem?: string;
}

export interface FileReport extends Found {
  readonly status: 'passed' | 'failed' | 'not covered';
  /** Why the file is not covered. */
  readonly reason?: string;
  readonly results: readonly Result[];
}

/** Replays one file on each backend; a file that needs none is replayed once and counts under each. */
export async function replayFile(found: Found, families: readonly Family[], backends: readonly Backend[]): Promise<FileReport> {
  const family = families.find(({ name }) => name === found.family);
  if (family === undefined) return { ...found, status: 'not covered', reason: `no family named '${found.family}'`, results: [] };
  const results: Result[] = [];
  for (const backend of backends) {
    const known = family.needsBackend(found.name) ? undefined : results[0];
    if (known !== undefined) {
      results.push({ ...known, backend });
      continue;
    }
    try {
      results.push(judged(backend, await family.replay(found.name, JSON.parse(readFileSync(found.path, 'utf8')), backend)));
    } catch (error) {
      if (error instanceof NotCovered) return { ...found, status: 'not covered', reason: error.message, results: [] };
      results.push({ backend, passed: false, problem: error instanceof Error ? error.message : String(error) });
    }
  }
  return { ...found, status: results.every(({ passed }) => passed) ? 'passed' : 'failed', results };
}

/** How far an error goes into its tolerance; NaN goes furthest. */
const use = ({ error, tolerance }: Deviation): number => (Number.isNaN(error) ? Infinity : error === 0 ? 0 : error / tolerance);

function judged(backend: Backend, deviations: readonly Deviation[]): Result {
  const [first, ...others] = deviations;
  if (first === undefined) return { backend, passed: false, problem: 'the replay compared nothing' };
  const worst = others.reduce((most, next) => (use(next) > use(most) ? next : most), first);
  return { backend, passed: deviations.every(({ error, tolerance }) => error <= tolerance), worst };
}
