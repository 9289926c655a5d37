import { KINDS, type KindName } from './kinds.ts';
import { manifestOf } from './manifest.ts';
import type { Names } from './names.ts';
import type { Spelling } from './spelling.ts';
import { renamed, templateFiles, type Files } from './template.ts';

/** What a plugin's package is made from. */
export interface PluginOptions {
  readonly kind: KindName;
  readonly names: Names;
  readonly packageName: string;
  readonly spelling: Spelling;
  /** Whether it is a package of this repository. */
  readonly isInside: boolean;
}

/** All files of a plugin's package. */
export function pluginFiles({ kind: kindName, names, packageName, spelling, isInside }: PluginOptions): Files {
  const kind = KINDS[kindName];
  const manifest = manifestOf({ kindName, kind, names, packageName, spelling, isInside });
  const template = new Map([...templateFiles(kindName), ...templateFiles(isInside ? 'workspace' : 'standalone')]);
  return new Map([...renamed(template, kindName, names, packageName), ['package.json', `${JSON.stringify(manifest, undefined, 2)}\n`]]);
}

/** The sentence for those who use the package. */
export const changesetOf = ({ kind, names, packageName }: PluginOptions): string =>
  `---\n'${packageName}': minor\n---\n\nFirst release: the ${kind} \`${names.camel}\`.\n`;
