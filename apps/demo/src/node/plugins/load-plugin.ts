import { isDownhillError, register, type Factory } from '@downhill/core';
import { serialization } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { UsageError } from '../usage-error.ts';
import { importPlugin } from './import-plugin.ts';

/**
 * Makes every function that a plugin exports known by its name, and every class of a layer. The plugin registers nothing itself.
 *
 * @param shown How the user knows the file.
 * @throws UsageError where it cannot be imported, exports no function, or one under a name that is taken.
 */
export async function loadPlugin(file: string, shown: string): Promise<void> {
  const exported = await importPlugin(file).catch((cause: unknown) => {
    throw new UsageError(`plugin ${shown} cannot be read: ${lineOf(cause)}`, { cause });
  });
  const found = Object.entries(exported).filter(([name, item]) => typeof item === 'function' && name !== 'default');
  const classes = found.map(([, item]) => item).filter(isLayerClass);
  const factories = found.filter(([, item]) => !isLayerClass(item));
  if (found.length === 0)
    throw new UsageError(
      `plugin ${shown} exports no factory; write export function myRule(options) { ... } as packages/optimizers/README.md shows`,
    );
  for (const each of classes) registerLayer(each, shown);
  try {
    register(Object.fromEntries(factories) as Record<string, Factory>);
  } catch (error) {
    if (isDownhillError(error)) throw new UsageError(`plugin ${shown}: ${lineOf(error)}`, { cause: error });
    throw error;
  }
}

type LayerClass = serialization.SerializableConstructor<layers.Layer>;

const isLayerClass = (item: unknown): item is LayerClass => typeof item === 'function' && item.prototype instanceof layers.Layer;

function registerLayer(made: LayerClass, shown: string): void {
  const [known]: readonly unknown[] = serialization.SerializationMap.getMap().classNameMap[made.className] ?? [];
  if (known !== undefined && known !== made)
    throw new UsageError(`plugin ${shown}: tfjs knows another class ${made.className}. Choose another name for yours.`);
  serialization.registerClass(made);
}

/** What an error says, in one line and without its code. */
const lineOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/^\[[\w-]+\] [\w]+: /, '').replaceAll(/\s*\n\s*/g, ' ');
