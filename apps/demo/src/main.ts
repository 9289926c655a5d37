import { run } from './node/run.ts';
import { UsageError } from './node/usage-error.ts';

// npm start [-- OPTIONS]
try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  const usage = error instanceof UsageError;
  process.stderr.write(`npm start: ${error instanceof Error ? error.message : String(error)}\n`);
  if (!usage && process.env.DEBUG !== undefined) console.error(error);
  process.exitCode = usage ? 2 : 1;
}
