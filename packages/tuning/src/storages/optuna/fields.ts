import { DownhillError, show } from '@downhill/core';

/** What a line of a journal holds: names and values. */
export type Fields = Readonly<Record<string, unknown>>;

const source = 'journalFile';

/** @throws DownhillError `data-invalid` */
export function refuse(problem: string): never {
  throw new DownhillError({ code: 'data-invalid', source, problem });
}

/** An entry that a newer Optuna may have written. @throws DownhillError `unsupported` */
export function refuseUnknown(problem: string): never {
  throw new DownhillError({ code: 'unsupported', source, problem, advice: 'The entries known are those of Optuna 3.1 to 4.' });
}

const wrong = (name: string, takes: string, value: unknown): never => refuse(`\`${name}\` must be ${takes}, got ${show(value)}`);

export function fieldsOf(name: string, value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong(name, 'an object', value);
  return value as Fields;
}

/** An object that may be left out. */
export const fieldsIn = (entry: Fields, name: string): Fields | undefined =>
  entry[name] === undefined || entry[name] === null ? undefined : fieldsOf(name, entry[name]);

export function textIn(entry: Fields, name: string): string {
  const value = entry[name];
  return typeof value === 'string' ? value : wrong(name, 'a text', value);
}

/** Also one that is not finite. */
export function asNumber(name: string, value: unknown): number {
  return typeof value === 'number' ? value : wrong(name, 'a number', value);
}

export const numberIn = (entry: Fields, name: string): number => asNumber(name, entry[name]);

/** A study's number, a trial's, a step. */
export function countIn(entry: Fields, name: string): number {
  const value = entry[name];
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : wrong(name, 'a whole number, at least 0', value);
}
