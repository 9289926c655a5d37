import { show } from '@downhill/core';
import type { Choice } from './parameter.ts';
import { refuse } from './refuse.ts';

const isChoice = (value: unknown): value is Choice =>
  value === null || typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));

/** @throws DownhillError `invalid-argument` */
export function checkChoice(source: string, name: string, value: unknown): asserts value is Choice {
  if (!isChoice(value))
    refuse(
      source,
      `\`${name}\` must be a string, a finite number, true, false or null, got ${show(value)}`,
      'Take a name for it, and look the thing up by its name in the objective.',
    );
}
