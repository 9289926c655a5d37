import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { UsageError } from './usage-error.ts';

/** How a manifest says which version of a package it takes. */
export interface Spelling {
  /** @param isTool Whether only the package's own tests and build need it. */
  version(name: string, isTool: boolean): string;
  /** Versions for what our packages take of one another; none where a registry has them. */
  readonly overrides?: Readonly<Record<string, string>>;
}

const isOurs = (name: string): boolean => name.startsWith('@downhill/');

/** A third party's version, for all of the repository. */
function catalog(root: string): Readonly<Record<string, string>> {
  const { catalog: versions } = parse(readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')) as { catalog: Record<string, string> };
  return versions;
}

/** What we publish, with the version that it has. */
function published(root: string): ReadonlyMap<string, string> {
  const packages = join(root, 'packages');
  return new Map(
    readdirSync(packages)
      .map((folder) => join(packages, folder, 'package.json'))
      .filter((file) => existsSync(file))
      .map((file) => JSON.parse(readFileSync(file, 'utf8')) as { readonly name: string; readonly version: string })
      .map(({ name, version }) => [name, version]),
  );
}

/** As the packages of this repository say it. */
export const inWorkspace: Spelling = {
  version(name, isTool) {
    if (!isOurs(name)) return 'catalog:';
    return isTool && name === '@downhill/config' ? 'workspace:*' : 'workspace:^';
  },
};

/** As a project elsewhere says it. */
export function fromRegistry(root: string): Spelling {
  const [ours, theirs] = [published(root), catalog(root)];
  return { version: (name) => `^${ours.get(name) ?? theirs[name]}` };
}

/** As a project elsewhere says it that takes our packages from archives, as `npm pack` makes them. @throws UsageError where one is missing. */
export function fromArchives(root: string, folder: string): Spelling {
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const archive = (name: string): string | undefined => {
    const start = `${name.slice(1).replace('/', '-')}-`;
    const found = files.find((file) => file.startsWith(start) && /^\d[^/]*\.tgz$/.test(file.slice(start.length)));
    return found === undefined ? undefined : `file:${resolve(folder, found)}`;
  };
  const overrides = Object.fromEntries(
    [...published(root).keys()].flatMap((name) => {
      const found = archive(name);
      return found === undefined ? [] : [[name, found]];
    }),
  );
  const registry = fromRegistry(root);
  return {
    overrides,
    version(name, isTool) {
      if (!isOurs(name)) return registry.version(name, isTool);
      const found = overrides[name];
      if (found === undefined)
        throw new UsageError(`\`--from\`: ${folder} holds no archive of ${name}; write it with pnpm pack --pack-destination ${folder}`);
      return found;
    },
  };
}
