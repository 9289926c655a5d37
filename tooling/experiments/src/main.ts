// npm run experiment -- NAME [OPTIONS]
import { CommanderError } from 'commander';
import { command } from './command.ts';
import { UsageError } from './run/usage-error.ts';

const FAILURE = 1;
const MISUSE = 2;

try {
  process.exitCode = await command(process.argv.slice(2));
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : MISUSE;
  else {
    process.stderr.write(`npm run experiment: ${error instanceof Error ? error.message : String(error)}\n`);
    if (process.env.DEBUG !== undefined) console.error(error);
    process.exitCode = error instanceof UsageError ? MISUSE : FAILURE;
  }
}
