import { UsageError } from './options.ts';
import { run } from './run.ts';

// npm run recipe [-- OPTIONS]
try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  const usage = error instanceof UsageError;
  process.stderr.write(`npm run recipe: ${error instanceof Error ? error.message : String(error)}\n`);
  if (!usage && process.env.DEBUG !== undefined) console.error(error);
  process.exitCode = usage ? 2 : 1;
}
