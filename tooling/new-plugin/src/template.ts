import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { KindName } from './kinds.ts';
import type { Names } from './names.ts';

/** Texts by path. */
export type Files = ReadonlyMap<string, string>;

const TEMPLATES = fileURLToPath(new URL('../templates/', import.meta.url));

/** The files of a template's folder. */
export function templateFiles(template: string): Files {
  const folder = join(TEMPLATES, template);
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')];
    }),
  );
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The same files for a plugin and a package of other names: those of the template are `my-optimizer`, `myOptimizer`, `MyOptimizer`, or so. */
export function renamed(files: Files, kind: KindName, names: Names, packageName: string): Files {
  const told = (text: string): string =>
    text
      .replaceAll(`@downhill/my-${kind}`, packageName)
      .replaceAll(`my-${kind}`, names.kebab)
      .replaceAll(`my${upper(kind)}`, names.camel)
      .replaceAll(`My${upper(kind)}`, names.pascal);
  // A file that npm or git would take for their own has no dot in the template.
  return new Map([...files].map(([path, text]) => [told(path).replace(/^gitignore$/, '.gitignore'), told(text)]));
}
