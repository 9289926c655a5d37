import { say } from './progress.js';
import { CommandError } from './run-command.js';

/** Ends the process with code 1. The last line is the cause. @param {string} command @param {unknown} error */
export function failure(command, error) {
  if (error instanceof CommandError && !error.shown) for (const line of error.lines) say(line);
  say(`${command} failed: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
  process.exit(1);
}
