import { show } from './check.ts';
import { DownhillError } from './errors.ts';
import { nearest } from './registry.ts';

/** Options with nothing left open. */
export type Complete<Given, Defaults> = {
  readonly [Name in keyof Defaults]: Defaults[Name] | (Name extends keyof Given ? Exclude<Given[Name], undefined> : never);
};

/**
 * The options given and the defaults of the others. What a factory was called with without types is checked here: a number
 * in place of the options, a misspelled name or a string for a switch would else train on with the defaults, in silence.
 *
 * @throws DownhillError `invalid-argument`
 */
export function complete<Given extends object, Defaults extends { readonly [Name in keyof Required<Given>]: unknown }>(
  source: string,
  given: Given,
  defaults: Defaults,
): Complete<Given, Defaults> {
  const fail = (problem: string, advice?: string): never => {
    throw new DownhillError({ code: 'invalid-argument', source, problem, ...(advice === undefined ? {} : { advice }) });
  };
  const names = Object.keys(defaults);
  if (typeof given !== 'object' || given === null || Array.isArray(given) || ('kind' in given && 'config' in given))
    fail(`takes an object with some of ${names.join(', ')}, got ${show(given)}`, `Write { ${names[0]}: ... }.`);
  const set = Object.entries(given as Readonly<Record<string, unknown>>).filter(([, value]) => value !== undefined);
  for (const [name, value] of set) {
    const near = nearest(name, names);
    if (!names.includes(name))
      fail(`has no option \`${name}\``, near === undefined ? `There are ${names.join(', ')}.` : `Did you mean \`${near}\`?`);
    if (typeof (defaults as Record<string, unknown>)[name] === 'boolean' && typeof value !== 'boolean')
      fail(`\`${name}\` must be true or false, got ${show(value)}`);
  }
  return { ...defaults, ...Object.fromEntries(set) };
}
