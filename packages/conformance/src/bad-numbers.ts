import { build, factoryNamed, isDownhillError, show, type Factory, type Json, type Plugin } from '@downhill/core';
import { expect } from 'vitest';
import { thrownBy } from './thrown-by.ts';

/** What stands where a number belongs, and what an error about it must say. */
const badNumbers: readonly { readonly bad: unknown; readonly said: string }[] = [
  ...[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, '0.5', null].map((bad) => ({ bad, said: String(bad) })),
  { bad: { value: 0.5 }, said: '0.5' },
];

/**
 * Calls a plugin's factory with each number of its config replaced by each bad one: each time it must throw a readable error.
 *
 * @param speakers Who may speak: the factory, or a part that it is made of.
 */
export function expectBadNumbersRefused(plugin: Plugin, speakers: readonly string[] = [plugin.name]): void {
  const { config } = plugin.toJSON();
  const factory = factoryNamed(plugin.name);
  for (const { path, label } of numbersIn(config)) {
    for (const { bad, said } of badNumbers) {
      const error = thrownBy(() => callWith(factory, replaced(config, path, bad)));
      const what = `${plugin.name} with ${label || 'its argument'} = ${show(bad)}`;
      if (!isDownhillError(error)) expect.fail(`${what} must throw a DownhillError, got ${String(error)}`);
      expect(error.code, what).toBe('invalid-argument');
      expect(speakers, `${what}: who speaks in "${error.message}"`).toContain(/^\[[a-z-]+\] ([^:]+): /.exec(error.message)?.[1]);
      expect(error.message, what).toContain(said);
      // What takes a list may name all of it, and what takes an object of numbers too the one in it: `points.value`.
      const names = [label, `${label}.value`, label.replace(/\[.*/, '')].map((each) => `\`${each}\``);
      if (label !== '' && !names.some((each) => error.message.includes(each))) expect(error.message, what).toContain(names[0]);
    }
  }
}

type Path = readonly (string | number)[];

interface Found {
  readonly path: Path;
  /** As an error names it: `steps`, `milestones[1]`; empty for an argument that has only a place. */
  readonly label: string;
}

/** Every number in a config, without those of the plugins in it, which are tested on their own. */
function numbersIn(value: unknown, path: Path = [], label = ''): Found[] {
  if (typeof value === 'number') return [{ path, label }];
  if (Array.isArray(value)) return value.flatMap((item, i) => numbersIn(item, [...path, i], label === '' ? '' : `${label}[${i}]`));
  if (typeof value !== 'object' || value === null || 'kind' in value) return [];
  // An option that is a group of options is named by the inner name alone, as a mask's `minRank`.
  return Object.entries(value).flatMap(([key, item]) => numbersIn(item, [...path, key], key));
}

/** A copy of a config with another value at one place; the plugins in it are built. */
function replaced(config: unknown, path: Path, bad: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return bad;
  if (Array.isArray(config)) return config.map((item: Json, i) => (i === key ? replaced(item, rest, bad) : revived(item)));
  return Object.fromEntries(
    Object.entries(config as object).map(([name, item]) => [name, name === key ? replaced(item, rest, bad) : revived(item)]),
  );
}

function revived(value: Json | undefined): unknown {
  if (Array.isArray(value)) return value.map(revived);
  if (typeof value !== 'object' || value === null) return value;
  return 'kind' in value ? build(value) : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, revived(item)]));
}

const callWith = (factory: Factory, config: unknown): Plugin => factory(...((Array.isArray(config) ? config : [config]) as never[]));
