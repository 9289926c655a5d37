import { isDeepStrictEqual } from 'node:util';
import { UsageError } from '../usage-error.ts';
import { pluginFile, type PluginFile } from './plugin-file.ts';

/** The plugins of a run, and what there is to say about them. */
export interface KeptPlugins {
  readonly plugins: readonly PluginFile[];
  readonly changed: readonly string[];
}

/**
 * The plugins of a run: those that were asked for, or those that the resumed run has.
 *
 * @param saved Of the resumed run.
 * @throws UsageError where a resumed run has others than were asked for, or one of them is gone.
 */
export function keptPlugins(given: readonly PluginFile[], saved: readonly PluginFile[] | undefined): KeptPlugins {
  if (saved === undefined) return { plugins: given, changed: [] };
  const files = (plugins: readonly PluginFile[]): readonly string[] => plugins.map(({ file }) => file);
  if (given.length > 0 && !isDeepStrictEqual(files(given), files(saved)))
    throw new UsageError(
      `the run that is to be resumed has ${saved.length === 0 ? 'no `--plugin`' : `\`--plugin\` ${files(saved).join(', ')}`}, not ${files(given).join(', ')}. Leave the option out, or start a new run in another folder.`,
    );
  const changed = saved.filter(({ file, sha256 }) => pluginFile(file, '/').sha256 !== sha256);
  return { plugins: saved, changed: files(changed) };
}
