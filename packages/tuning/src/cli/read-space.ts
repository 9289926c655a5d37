import { readFileSync } from 'node:fs';
import { isDownhillError, type Space } from '@downhill/core';
import { space } from '../space/space.ts';
import { lineOf } from './line-of.ts';
import { UsageError } from './usage-error.ts';

/** The space of a file, or what the module of the objective exports as such. @throws UsageError with one line */
export function readSpace(file: string | undefined, exported: unknown): Space {
  if (file === undefined && exported === undefined)
    throw new UsageError('there is no space: name its file with `--space`, or export `space` beside the objective.');
  const from = file ?? 'the exported `space`';
  const given = file === undefined ? exported : parsed(file);
  try {
    return space(parametersOf(given) as Parameters<typeof space>[0]);
  } catch (error) {
    if (isDownhillError(error)) throw new UsageError(`${from}: ${lineOf(error)}`);
    throw error;
  }
}

/** A space may come from another copy of this package. */
const parametersOf = (given: unknown): unknown =>
  typeof given === 'object' && given !== null && 'parameters' in given && 'toJSON' in given ? given.parameters : given;

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`the space ${file} cannot be read: ${lineOf(error)}`);
  }
}
