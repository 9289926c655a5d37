import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { endWithParent } from './end-with-parent.js';
import { failure } from './failure.js';
import { prepare } from './prepare.js';
import { say } from './progress.js';
import { root } from './root.js';

/**
 * Sets up what a program of the workspace needs and turns this process into it: signals, arguments and exit code are the
 * program's own, with nothing in between.
 *
 * @param {{ command: string, name: string, main: string, before?: () => Promise<void> }} program `before`: what else it needs, once packages are installed
 */
export async function runProgram({ command, name, main, before }) {
  await prepare(command, name, before);
  const script = join(root, main);
  process.argv[1] = script;
  endWithParent();
  try {
    await import(pathToFileURL(script).href);
  } catch (error) {
    if (error instanceof Error && error.stack !== undefined) say(error.stack);
    failure(command, error);
  }
}
