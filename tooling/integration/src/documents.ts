import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT: string = join(import.meta.dirname, '../../..');

export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const foldersIn = (path: string): string[] =>
  readdirSync(join(ROOT, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${path}/${name}`);

const markdownIn = (folder: string): string[] =>
  !existsSync(join(ROOT, folder))
    ? []
    : readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.md'))
        .map((file) => `${folder}/${file}`);

/** The documents that are read as such: those at the root and in docs, and the README and docs of each package, app and tool. */
export function documents(): readonly string[] {
  const folders = ['packages', 'apps', 'tooling'].flatMap(foldersIn);
  const readmes = ['README.md', 'CONTRIBUTING.md', ...folders.map((folder) => `${folder}/README.md`)];
  const found = [
    ...readmes.filter((path) => existsSync(join(ROOT, path))),
    ...['.', ...folders].flatMap((folder) => markdownIn(join(folder, 'docs'))),
  ];
  return found.toSorted();
}

/** A row of a table, by the titles of its columns. */
export type Row = Readonly<Record<string, string>>;

/** The rows of a document's tables. */
export function rowsIn(text: string): readonly Row[] {
  const tables = text.matchAll(/^\|(.+)\|\n\|(?: ?:?-+:? ?\|)+\n((?:\|.*\|\n)+)/gm);
  return [...tables].flatMap(([, head = '', body = '']) => {
    const titles = cellsOf(head);
    return body
      .trimEnd()
      .split('\n')
      .map((line) => cellsOf(line.slice(1, -1)))
      .map((cells) => Object.fromEntries(titles.map((title, i) => [title, cells[i] ?? ''])));
  });
}

const cellsOf = (line: string): string[] => line.split(/(?<!\\)\|/).map((cell) => cell.trim());

/** What stands as code in a cell or a sentence. */
export const codeIn = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
