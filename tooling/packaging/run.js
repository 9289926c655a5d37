import { spawn } from 'node:child_process';
import { childEnvironment } from '../run/lib/run-command.js';

const { platform } = process;

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
/** @type {NodeJS.Signals | undefined} */
let stopped;

/** Runs a command in a folder and returns what it printed; throws, with all of that, when it fails. @param {string} folder @param {string} file @param {...string} args */
export async function run(folder, file, ...args) {
  const { status, stdout, stderr } = await attempt(folder, file, ...args);
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${status}:\n${readable(`${stdout}${stderr}`)}`);
  return stdout.trim();
}

/** Without the bundles that Node.js quotes where they threw. @param {string} printed */
const readable = (printed) => printed.replaceAll(/^(.{400}).+$/gm, '$1 ...');

/**
 * Runs a command in a folder, however it ends. It is the head of a process group of its own, so that {@link stopCommands}
 * reaches all that it starts.
 *
 * @param {string} folder
 * @param {string} file
 * @param {...string} args
 * @returns {Promise<{ status: number | NodeJS.Signals | null, stdout: string, stderr: string }>}
 */
export async function attempt(folder, file, ...args) {
  if (stopped !== undefined) throw new Error(`stopped by ${stopped}`);
  const env = childEnvironment();
  delete env.npm_config_local_prefix; // of the npm that started us: the command has a folder of its own
  const child = spawn(file, args, {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: platform !== 'win32',
    shell: platform === 'win32',
  });
  running.add(child);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  try {
    const status = await new Promise((resolve, reject) => {
      child.once('error', reject).once('close', (code, signal) => resolve(code ?? signal));
    });
    return { status, stdout, stderr };
  } finally {
    running.delete(child);
  }
}

/** Ends the commands that run, with all that they started; no other begins. @param {NodeJS.Signals} signal */
export function stopCommands(signal) {
  stopped ??= signal;
  for (const child of running) {
    end(child, 'SIGTERM');
    setTimeout(() => running.has(child) && end(child, 'SIGKILL'), 3000).unref();
  }
}

/** @param {import('node:child_process').ChildProcess} child @param {NodeJS.Signals} signal */
function end(child, signal) {
  if (child.pid === undefined) return;
  try {
    if (platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error; // it was quicker
  }
}
