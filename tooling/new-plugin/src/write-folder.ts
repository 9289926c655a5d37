import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Files } from './template.ts';
import { UsageError } from './usage-error.ts';

/** @throws UsageError where the folder holds something. */
export function checkVacant(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new UsageError(`${folder} is there already; nothing was written`);
}

/** Writes a new folder: whole, or not at all. @throws what the file system says; nothing is left behind then. */
export function writeFolder(folder: string, files: Files): void {
  const draft = join(dirname(folder), `.${basename(folder)}-${process.pid}`);
  try {
    mkdirSync(draft, { recursive: true });
    for (const [path, text] of files) {
      mkdirSync(dirname(join(draft, path)), { recursive: true });
      writeFileSync(join(draft, path), text);
    }
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
}
