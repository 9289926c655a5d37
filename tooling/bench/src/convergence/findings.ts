import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { json, UsageError, writeWhole } from '@downhill/experiments';
import type { Found } from './report.ts';

/** What decides the findings on a problem beside the rules. */
export type Settings = Readonly<Record<string, string | number | readonly number[]>>;

interface Kept {
  readonly settings: Settings;
  readonly found: readonly Found[];
}

/** What a folder keeps of the rules that were measured on a problem; each is kept as soon as it is there. */
export interface Findings {
  find(rule: string): Found | undefined;
  add(found: Found): void;
}

/** @throws UsageError where the folder has findings of other settings, or damaged ones. */
export function findingsIn(folder: string, problem: string, settings: Settings): Findings {
  const file = join(folder, `${problem}.json`);
  let kept: Kept = existsSync(file) ? read(file) : { settings, found: [] };
  if (JSON.stringify(kept.settings) !== JSON.stringify(settings))
    throw new UsageError(`${file} was made with other settings: name another folder with --folder`);
  return {
    find: (rule) => kept.found.find((each) => each.rule === rule),
    add(found) {
      kept = { settings, found: [...kept.found, found] };
      mkdirSync(folder, { recursive: true });
      writeWhole(file, json(kept));
    },
  };
}

function read(file: string): Kept {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Kept;
  } catch {
    throw new UsageError(`${file} is damaged: remove it, and its rules are measured again`);
  }
}
