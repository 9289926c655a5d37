import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopCommands } from './run.js';

/**
 * Does `work` in a folder that is gone afterwards. A request to stop ends the commands that run; when the folder is gone we
 * end too, with the exit code that a shell gives for that signal.
 *
 * @param {(folder: string) => Promise<void>} work
 */
export async function inTemporaryFolder(work) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'downhill-packed-')));
  /** @type {NodeJS.Signals | undefined} */
  let stopped;
  const stop = /** @param {NodeJS.Signals} signal */ (signal) => stopCommands((stopped ??= signal));
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const signal of signals) process.on(signal, stop);
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    for (const signal of signals) process.off(signal, stop);
    if (stopped !== undefined) process.exit(128 + constants.signals[stopped]);
  }
}
