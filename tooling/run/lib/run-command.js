import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import { cause } from './cause.js';
import { say } from './progress.js';
import { root } from './root.js';

/** A command that ended badly, with all that it printed. */
export class CommandError extends Error {
  /** @param {string} message @param {string[]} lines @param {boolean} shown whether the user has seen the lines */
  constructor(message, lines, shown) {
    super(message);
    this.lines = lines;
    this.shown = shown;
  }
}

/**
 * Runs a command in the project's root and returns the lines that it printed. A request to stop goes to the command
 * first; when it is gone we end too, with the exit code that a shell gives for that signal.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, show?: boolean, onLine?: ((line: string) => void) | undefined }} [options] `show` passes each line on to standard error
 * @returns {Promise<string[]>}
 */
export async function runCommand(file, args, { env = childEnvironment(), show = false, onLine } = {}) {
  const child = spawn(file, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  /** @type {string[]} */
  const lines = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      if (show) say(line);
      onLine?.(line);
    });
  }
  const stop = /** @param {NodeJS.Signals} signal */ (signal) => {
    child.kill(signal);
    setTimeout(() => child.kill('SIGKILL'), 5000).unref();
    child.once('close', () => process.exit(128 + constants.signals[signal]));
  };
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const signal of signals) process.on(signal, stop);
  try {
    const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
    if (code !== 0) throw new CommandError(cause(lines) ?? `${file} ended with ${code ?? child.signalCode}`, lines, show);
    return lines;
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}

/** Our environment, less npm's own settings: under `npm --silent` the tools below would be silent about their errors too. */
export function childEnvironment() {
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', DO_NOT_TRACK: '1' };
  for (const name of Object.keys(env)) if (/^npm_config_(loglevel|silent|offline|prefer_offline)$/i.test(name)) delete env[name];
  return env;
}
