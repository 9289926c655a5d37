// npm run runs [-- FOLDER]
import { relative, resolve } from 'node:path';
import { isDownhillError } from '@downhill/core';
import { writeRunsPage } from './write-runs-page.ts';

const FAILURE = 1;
const MISUSE = 2;
const USAGE = `Usage: npm run runs [-- FOLDER]

Writes FOLDER/index.html, a page with the curves of all runs in FOLDER over one another and a table of their settings and ends, and prints its
path. FOLDER is "runs" where it is left out.
`;

const args = process.argv.slice(2);
const from = process.env.INIT_CWD ?? process.cwd(); // where the user stands

if (args.includes('--help') || args.includes('-h')) process.stdout.write(USAGE);
else if (args.length > 1 || args[0]?.startsWith('-') === true) {
  process.stderr.write(USAGE);
  process.exitCode = MISUSE;
} else {
  try {
    const { path, runs, problems } = writeRunsPage(resolve(from, args[0] ?? 'runs'));
    for (const { message } of problems) process.stderr.write(`${message}\n`);
    process.stderr.write(`${runs === 1 ? '1 run' : `${runs} runs`}\n`);
    process.stdout.write(`${relative(from, path)}\n`);
  } catch (error) {
    if (!isDownhillError(error)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = FAILURE;
  }
}
