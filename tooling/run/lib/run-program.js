import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { endWithParent } from './end-with-parent.js';
import { failure } from './failure.js';
import { prepare } from './prepare.js';
import { install } from './install.js';
import { pnpmEnvironment } from './pnpm.js';
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
 * @param {{ command: string, name: string, main: string, startsPnpm?: boolean }} program `startsPnpm`: it looks for pnpm on the PATH
 */
export async function runProgram({ command, name, main, startsPnpm = false }) {
  process.env.INIT_CWD ??= process.cwd();
  process.chdir(root);
  const script = join(root, main);
  try {
    checkNode();
    await install();
    await build(name);
    if (startsPnpm) Object.assign(process.env, await pnpmEnvironment());
  } catch (error) {
    failure(command, error);
  }
  process.argv[1] = script;
  endWithParent();
  try {
    await import(pathToFileURL(script).href);
  } catch (error) {
    if (error instanceof Error && error.stack !== undefined) say(error.stack);
    failure(command, error);
  }
}
