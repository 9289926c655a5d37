import { build, type Plugin } from '@downhill/core';
import { expect, vi } from 'vitest';
import { expectBadNumbersRefused } from './bad-numbers.ts';

/** What is tested of a plugin of any kind, by title. */
export function pluginChecks(kind: string, name: string, make: () => Plugin): Record<string, () => void> {
  return {
    [`is a frozen ${kind} that carries its factory’s name`]() {
      const made = make();
      expect(made.kind, 'its kind').toBe(kind);
      expect(made.name, 'its name').toBe(name);
      expect(Object.isFrozen(made), 'frozen').toBe(true);
    },

    'refuses a bad number, naming it and what came'() {
      expectBadNumbersRefused(make());
    },
  };
}

/**
 * A plugin as it is built again from its JSON, which both have alike.
 *
 * @param built What is told of it: a run, answers. Both must tell the same.
 */
export function expectSameFromJson<Made extends Plugin>(make: () => Made, told: (plugin: Made) => unknown): void {
  const plugin = make();
  const before = JSON.stringify(plugin);
  const again = build(JSON.parse(before)) as Made;
  expect(again.kind, 'the kind of what was built').toBe(plugin.kind);
  expect(JSON.stringify(again), 'the JSON of what was built').toBe(before);
  expect(told(again), `what '${plugin.name}' does, built from ${before}`).toEqual(told(plugin));
  expect(JSON.stringify(plugin), 'the JSON after it was used').toBe(before);
}

/** Fails with what is wrong, where something is. */
export function expectNoFault(what: string, fault: string | undefined): void {
  if (fault !== undefined) expect.fail(`${what}: ${fault}`);
}

const sources = [
  ['Math.random', () => vi.spyOn(Math, 'random')],
  ['Date.now', () => vi.spyOn(Date, 'now')],
  ['performance.now', () => vi.spyOn(performance, 'now')],
] as const;

/** Calls what must depend on its arguments alone. */
export function expectNoChance(call: () => void): void {
  const spies = sources.map(([source, spy]) => ({ source, spy: spy() }));
  try {
    call();
    for (const { source, spy } of spies)
      expect(spy.mock.calls.length, `calls of ${source}: draw from a stream of core’s, keyed by the seed`).toBe(0);
  } finally {
    for (const { spy } of spies) spy.mockRestore();
  }
}

/** The same value, which nobody can write into. */
export function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value) && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

/** Calls with what is frozen; where that is written into, the error says so. */
export function expectNothingWritten(what: string, call: () => void): void {
  try {
    call();
  } catch (error) {
    if (!(error instanceof TypeError) || !/read.only|not extensible|Cannot (add|delete|define|assign)/i.test(error.message)) throw error;
    expect.fail(`wrote into ${what}, which is not its own: ${error.message}`);
  }
}
