import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { knownNames } from './known-names.ts';
import { ALIASES, KIND_NAMES, KINDS } from './kinds.ts';
import { checkFree, checkPackageName, namesOf, wordOf } from './names.ts';
import { readOptions, type Options } from './options.ts';
import { changesetOf, pluginFiles, type PluginOptions } from './plugin-files.ts';
import { fromArchives, fromRegistry, inWorkspace } from './spelling.ts';
import { UsageError } from './usage-error.ts';
import { checkVacant, writeFolder } from './write-folder.ts';

/** Where the program works. */
export interface Place {
  /** The repository's folder. */
  readonly root: string;
  /** The folder in which the user stands. */
  readonly from: string;
  /** Installs what the new package of the repository needs, whereby the lockfile may change, and formats it: names have other lengths. */
  install(folder: string): Promise<unknown>;
  say(line: string): void;
}

/** `npm run new:plugin`. @returns The exit code. */
export async function run(argv: readonly string[], place: Place): Promise<number> {
  try {
    const options = readOptions(argv);
    if (options !== undefined) await newPlugin(options, place);
    return 0;
  } catch (error) {
    place.say(`npm run new:plugin: ${error instanceof Error ? error.message : String(error)}`);
    return error instanceof UsageError ? 2 : 1;
  }
}

async function newPlugin({ kind: kindGiven, name, standalone, package: packageGiven, from }: Options, place: Place): Promise<void> {
  const kind = ALIASES.get(kindGiven) ?? wordOf('the kind', kindGiven, KIND_NAMES);
  const names = namesOf(name);
  checkFree(names, knownNames());
  const isInside = standalone === undefined;
  const packageName = packageGiven ?? (isInside ? `@downhill/${names.kebab}` : `downhill-${names.kebab}`);
  checkPackageName(packageName);
  const elsewhere = from === undefined ? () => fromRegistry(place.root) : () => fromArchives(place.root, resolve(place.from, from));
  const plugin = { kind, names, packageName, isInside, spelling: isInside ? inWorkspace : elsewhere() };
  if (isInside) await writeInside(plugin, place);
  else writeOutside(plugin, resolve(place.from, standalone), place);
}

/** A package of the repository, installed: all of it, or what was there before. */
async function writeInside(plugin: PluginOptions, { root, from, install, say }: Place): Promise<void> {
  const { kebab } = plugin.names;
  const [folder, changeset, lockfile] = [
    join(root, 'packages', kebab),
    join(root, '.changeset', `${kebab}.md`),
    join(root, 'pnpm-lock.yaml'),
  ];
  checkVacant(folder);
  if (existsSync(changeset)) throw new UsageError(`${changeset} is there already; nothing was written`);
  const before = readFileSync(lockfile);
  const undo = (): void => {
    for (const path of [folder, changeset]) rmSync(path, { recursive: true, force: true });
    writeFileSync(lockfile, before);
  };
  process.once('exit', undo); // after Ctrl-C too
  try {
    writeFolder(folder, pluginFiles(plugin));
    writeFileSync(changeset, changesetOf(plugin));
    await install(folder);
  } catch (error) {
    undo();
    throw new Error(
      `the package could not be installed, and was taken away again: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  } finally {
    process.off('exit', undo);
  }
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { packageManager: string };
  const shown = relative(from, folder) || '.';
  say(`${shown} is written, with a changeset. Now:`);
  say(`  write the ${plugin.kind} in ${shown}/src/${kebab}.ts`);
  say(`  npx ${packageManager} --filter ${plugin.packageName} test`);
  say(`  npm start -- ${KINDS[plugin.kind].trains(plugin.names)}`);
}

/** A project of its own. */
function writeOutside(plugin: PluginOptions, folder: string, { root, from, say }: Place): void {
  if (`${folder}${sep}`.startsWith(root.endsWith(sep) ? root : `${root}${sep}`))
    throw new UsageError(`\`--standalone\` must be a folder outside of this repository, got ${folder}`);
  checkVacant(folder);
  writeFolder(folder, pluginFiles(plugin));
  const { kebab } = plugin.names;
  const shown = relative(from, folder) || '.';
  say(`${shown} is written. Now:`);
  say(`  cd ${shown} && npm install && npm test`);
  say(`  write the ${plugin.kind} in ${shown}/src/${kebab}.ts`);
  say(`  npm start -- --plugin ${shown}/src/index.ts ${KINDS[plugin.kind].trains(plugin.names)}   # in the repository`);
}
