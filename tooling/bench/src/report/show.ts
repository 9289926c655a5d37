import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { betweenMarks, projectFolder } from '@downhill/experiments/text';

/** Puts a text between two marks of a README. @returns the file, relative to the project. */
export function show(readme: string, mark: string, text: string): string {
  const file = join(projectFolder, readme);
  writeFileSync(file, betweenMarks(readFileSync(file, 'utf8'), mark, text));
  return readme;
}
