import { show, type Choice } from '@downhill/core';
import { refuse } from './refuse.ts';
import { withoutSign } from './without-sign.ts';

const isChoice = (value: unknown): value is Choice =>
  value === null || typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));

/** A value that a parameter may have. @throws DownhillError `invalid-argument` where it is none that JSON keeps. */
export function checkedChoice(source: string, name: string, value: unknown): Choice {
  if (isChoice(value)) return withoutSign(value);
  return refuse(
    source,
    `\`${name}\` must be a string, a finite number, true, false or null, got ${show(value)}`,
    'Take a name for it, and look the thing up by its name in the objective.',
  );
}
