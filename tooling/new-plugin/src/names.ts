import * as core from '@downhill/core';
import { nearest, show } from '@downhill/core';
import reservedIdentifiers from 'reserved-identifiers';
import validate from 'validate-npm-package-name';
import { UsageError } from './usage-error.ts';

/** One name in the forms that a package has it in. */
export interface Names {
  /** Of the folder and its files: `my-rule`. */
  readonly kebab: string;
  /** Of the factory: `myRule`. */
  readonly camel: string;
  /** Of its options: `MyRuleOptions`. */
  readonly pascal: string;
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The forms of a name that is given as `my-rule` or `myRule`. @throws UsageError for any other text, and for words of JavaScript. */
export function namesOf(given: string): Names {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(given) && !/^[a-z][a-zA-Z0-9]*$/.test(given))
    throw new UsageError(
      `the name must be letters and digits such as my-rule or myRule, beginning with a small letter, got ${show(given)}`,
    );
  const kebab = given.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const camel = kebab.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  if (reservedIdentifiers().has(camel)) throw new UsageError(`the name ${camel} is reserved in JavaScript; choose another`);
  if (Object.hasOwn(core, camel))
    throw new UsageError(`the name ${camel} is one of @downhill/core, which the plugin imports from; choose another`);
  return { kebab, camel, pascal: upper(camel) };
}

/** @throws UsageError where npm takes no package of that name. */
export function checkPackageName(name: string): void {
  const { validForNewPackages, errors = [], warnings = [] } = validate(name);
  if (!validForNewPackages) throw new UsageError(`${show(name)} is no name of a package: ${[...errors, ...warnings].join('; ')}`);
}

/** @param known What the packages export already, by name. @throws UsageError where a factory of that name is there. */
export function checkFree({ camel }: Names, known: ReadonlyMap<string, string>): void {
  const holder = known.get(camel);
  if (holder !== undefined) throw new UsageError(`the name ${camel} is taken by ${holder}; choose another`);
}

/** One of the words given. @throws UsageError with the nearest one. */
export function wordOf<Word extends string>(what: string, given: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === given);
  if (found !== undefined) return found;
  const near = nearest(given, words);
  throw new UsageError(
    `${what} must be one of ${words.join(', ')}, got ${show(given)}${near === undefined ? '' : `; did you mean ${near}?`}`,
  );
}
