// downhill-tune: see `downhill-tune --help`.
import { lineOf } from './line-of.ts';
import { tune } from './tune.ts';
import { UsageError } from './usage-error.ts';

try {
  process.exitCode = await tune(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`downhill-tune: ${lineOf(error)}\n`);
  if (process.env['DEBUG'] !== undefined) console.error(error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
