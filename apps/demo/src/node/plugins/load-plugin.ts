import { isDownhillError, register, type Factory } from '@downhill/core';
import { UsageError } from '../usage-error.ts';
import { importPlugin } from './import-plugin.ts';

/**
 * Makes every function that a plugin exports known by its name. The plugin registers nothing itself.
 *
 * @param shown How the user knows the file.
 * @throws UsageError where it cannot be imported, exports no function, or one under a name that is taken.
 */
export async function loadPlugin(file: string, shown: string): Promise<void> {
  const exported = await importPlugin(file).catch((cause: unknown) => {
    throw new UsageError(`plugin ${shown} cannot be read: ${lineOf(cause)}`, { cause });
  });
  const factories = Object.entries(exported).filter(([name, item]) => typeof item === 'function' && name !== 'default');
  if (factories.length === 0)
    throw new UsageError(
      `plugin ${shown} exports no factory; write export function myRule(options) { ... } as packages/optimizers/README.md shows`,
    );
  try {
    register(Object.fromEntries(factories) as Record<string, Factory>);
  } catch (error) {
    if (isDownhillError(error)) throw new UsageError(`plugin ${shown}: ${lineOf(error)}`, { cause: error });
    throw error;
  }
}

/** What an error says, in one line and without its code. */
const lineOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/^\[[\w-]+\] [\w]+: /, '').replaceAll(/\s*\n\s*/g, ' ');
