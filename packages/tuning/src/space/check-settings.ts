import { nearest, show, type Choice, type Parameter, type Parameters, type Settings, type Space } from '@downhill/core';
import type { Fields } from './checked-range.ts';
import { describeValues } from './describe-values.ts';
import { isSetting } from './is-setting.ts';
import { refuse } from './refuse.ts';

/**
 * Checks that settings are complete and of a space.
 *
 * @param source Who speaks in the error.
 * @example
 * checkSettings('tell', space({ rate: float(0, 1) }), { rate: 0.5 }); // undefined
 *
 * @throws DownhillError `invalid-argument` naming the first setting that is unknown, missing, out of place or not one of its parameter's values.
 */
export function checkSettings(source: string, searched: Space, settings: unknown): asserts settings is Settings {
  checkEach(source, searched, settings, true);
}

/**
 * Checks that those settings that are given are of a space; others may be left open.
 *
 * @param source Who speaks in the error.
 * @example
 * checkPartialSettings('enqueue', space({ rate: float(0, 1), units: int(1, 9) }), { rate: 0.5 }); // undefined
 *
 * @throws DownhillError `invalid-argument` naming the first setting that is unknown, out of place or not one of its parameter's values.
 */
export function checkPartialSettings(source: string, searched: Space, settings: unknown): asserts settings is Settings {
  checkEach(source, searched, settings, false);
}

function checkEach(source: string, { parameters }: Space, settings: unknown, whole: boolean): void {
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings))
    refuse(source, `\`settings\` must be an object with a value for each parameter, got ${show(settings)}`);
  const given: Fields = { __proto__: null, ...settings }; // a parameter may be named like something that all objects have
  for (const name of Object.keys(given)) checkName(source, name, parameters);
  const absent = new Set<string>();
  for (const [name, parameter] of Object.entries(parameters)) {
    const broken = brokenCondition(parameter, parameters, given, absent);
    if (broken !== undefined) absent.add(name);
    if (given[name] === undefined) {
      if (whole && broken === undefined) refuse(source, `\`settings.${name}\` is missing`, `Give ${describeValues(parameter)}.`);
    } else if (broken !== undefined) refuse(source, `\`settings.${name}\` must be left out, since ${broken}, got ${show(given[name])}`);
    else if (!isSetting(parameter, given[name]))
      refuse(source, `\`settings.${name}\` must be ${describeValues(parameter)}, got ${show(given[name])}`);
  }
}

function checkName(source: string, name: string, parameters: Parameters): void {
  if (Object.hasOwn(parameters, name)) return;
  const near = nearest(name, Object.keys(parameters));
  refuse(
    source,
    `\`settings.${name}\` is no parameter of the space`,
    near === undefined ? `There are ${Object.keys(parameters).join(', ')}.` : `Did you mean \`${near}\`?`,
  );
}

/** Why a parameter is not there; nothing where it is, or where that depends on what is left open. */
function brokenCondition({ when = {} }: Parameter, parameters: Parameters, given: Fields, absent: ReadonlySet<string>): string | undefined {
  for (const [other, values] of Object.entries(when)) {
    if (absent.has(other)) return `\`${other}\` is not there`;
    const known = parameters[other];
    const value = given[other] === undefined && known?.kind === 'fixed' ? known.value : given[other];
    if (value !== undefined && !values.includes(value as Choice)) return `\`${other}\` is ${show(value)}`;
  }
  return undefined;
}
