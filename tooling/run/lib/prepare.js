import { build } from './build.js';
import { checkNode } from './check-node.js';
import { failure } from './failure.js';
import { install } from './install.js';
import { root } from './root.js';

/** Goes to the project's root and sets up what a program of the workspace needs; ends the process where that fails. @param {string} command @param {string} name @param {() => Promise<void>} [before] what else it needs, once packages are installed */
export async function prepare(command, name, before) {
  process.env.INIT_CWD ??= process.cwd();
  process.chdir(root);
  try {
    checkNode();
    await install();
    await before?.();
    await build(name);
  } catch (error) {
    failure(command, error);
  }
}
