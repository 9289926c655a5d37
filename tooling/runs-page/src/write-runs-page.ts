import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DownhillError } from '@downhill/core';
import { readRuns } from '@downhill/diagnostics/node';
import { htmlReport } from '@downhill/diagnostics/report';

/** What was written, and what of the folder could not be read. */
export interface WrittenPage {
  readonly path: string;
  readonly runs: number;
  readonly problems: readonly DownhillError[];
}

/**
 * Writes the page of all runs in a folder as its `index.html`.
 *
 * @throws DownhillError `invalid-argument` where there is no such folder or no run in it.
 */
export function writeRunsPage(folder: string): WrittenPage {
  const { runs, problems } = readRuns(folder);
  if (runs.length === 0)
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'npm run runs',
      problem: `no folder in ${folder} has a readings.jsonl`,
      advice: 'Train first: npm start.',
    });
  const path = join(folder, 'index.html');
  writeFileSync(path, htmlReport(runs));
  return { path, runs: runs.length, problems };
}
