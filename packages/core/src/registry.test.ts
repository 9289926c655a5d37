import { beforeEach, describe, expect, test } from 'vitest';
import { chain, masked, named } from './chain.ts';
import { scalarsOf } from './trace.ts';
import { mul } from './expression/ops.ts';
import { build, factoryNamed, nearest, register, registeredNames, revive } from './registry.ts';
import { schedule, valueAt, type Schedule, type ScheduleLike } from './schedule.ts';
import { transform, type Transform } from './transform.ts';

const half = (): Schedule => schedule({ name: 'half', config: {}, at: (step) => 1 / 2 ** step });
const plus = (...parts: readonly ScheduleLike[]): Schedule =>
  schedule({ name: 'plus', config: parts, at: (step) => parts.reduce<number>((total, part) => total + valueAt(part, step), 0) });
const scale = ({ rate }: { rate: ScheduleLike }): Transform =>
  transform({
    name: 'scale',
    config: { rate },
    scalars: ({ step }) => ({ rate: valueAt(rate, step) }),
    update: (g, { scalars }) => mul(g, scalars.rate),
  });
const twice = (options: { rate: ScheduleLike }): Transform => named('twice', options, chain(scale(options), scale(options)));

beforeEach(() => register({ half, plus, scale, twice, chain, masked }));
const again = (plugin: unknown): unknown => build(JSON.parse(JSON.stringify(plugin)));

describe('a plugin that is saved and built again', () => {
  const nested = chain(
    masked(chain(scale({ rate: 0.1 }), twice({ rate: plus(half(), 0.5) })), { names: ['*/kernel'], minRank: 2 }),
    scale({ rate: half() }),
  );

  test('is the same JSON, however deep chains, masks and schedules nest', () => {
    expect(JSON.parse(JSON.stringify(again(nested)))).toEqual(JSON.parse(JSON.stringify(nested)));
  });

  test('has the same parts with the same masks and numbers', () => {
    const { parts } = again(nested) as Transform;
    expect(parts.map(({ path, masks }) => [path, masks])).toEqual(nested.parts.map(({ path, masks }) => [path, masks]));
    expect(parts.map(({ rule }) => scalarsOf(rule, { step: 2, t: 3 }))).toEqual([
      { rate: 0.1 },
      { rate: 0.75 },
      { rate: 0.75 },
      { rate: 0.25 },
    ]);
  });

  test('stays the alias that made it, not its parts', () => {
    expect(JSON.parse(JSON.stringify(twice({ rate: 2 })))).toEqual({ kind: 'transform', name: 'twice', config: { rate: 2 } });
  });

  test('is built again wherever it stands in a JSON value, and the rest stays as it is', () => {
    const value = { rates: [half(), { other: plus(half(), 0.5) }], label: 'name', none: null };
    const again = revive(JSON.parse(JSON.stringify(value))) as { rates: [Schedule, { other: Schedule }] };
    expect(again).toMatchObject({ label: 'name', none: null });
    expect([again.rates[0].at(1), again.rates[1].other.at(1)]).toEqual([0.5, 1]);
  });

  test('is refused with the place, where JSON would lose something', () => {
    const lossy = [masked(scale({ rate: 1 }), () => true), scale({ rate: Number.NaN }), chain(scale({ rate: Infinity }))];
    for (const plugin of lossy) expect(() => JSON.stringify(plugin)).toThrow(expect.objectContaining({ code: 'not-serializable' }));
  });
});

describe('the registry', () => {
  test('lists names, sorted', () => {
    expect(registeredNames()).toEqual(['chain', 'half', 'masked', 'plus', 'scale', 'twice']);
  });

  test('takes a factory a second time, but no other under its name, and then none of that call', () => {
    expect(() => register({ half })).not.toThrow();
    expect(() => register({ fresh: half, half: () => half() })).toThrow(
      expect.objectContaining({ code: 'name-taken', message: expect.stringContaining("'half'") }),
    );
    expect(registeredNames()).not.toContain('fresh');
  });

  test('suggests the nearest name, and says what to call', () => {
    const unknown = (name: string, message: string) =>
      expect(() => factoryNamed(name)).toThrow(
        expect.objectContaining({ code: 'unknown-name', message: expect.stringContaining(message) }),
      );
    unknown('scail', "nothing is registered as 'scail'; did you mean 'scale'?. Call register({ scail })");
    unknown('adamw', "nothing is registered as 'adamw'. Call register({ adamw })");
    expect(nearest('Cosin', ['linear', 'cosine'])).toBe('cosine');
    expect(nearest('x', [])).toBeUndefined();
  });

  test.each([undefined, 3, 'half', { name: 'half' }, { kind: 'schedule', name: 1, config: {} }])('builds nothing from %o', (json) => {
    expect(() => build(json)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining('`kind`, `name` and `config`') }),
    );
  });

  test('refuses a name that now makes something of another kind', () => {
    expect(() => build({ kind: 'transform', name: 'half', config: {} })).toThrow(
      expect.objectContaining({
        code: 'invalid-argument',
        message: expect.stringContaining("'half' was saved as a transform, but the factory registered under that name makes a schedule"),
      }),
    );
  });

  test('names what is missing inside a nested config', () => {
    const json = { kind: 'transform', name: 'scale', config: { rate: { kind: 'schedule', name: 'cosine', config: {} } } };
    expect(() => build(json)).toThrow(expect.objectContaining({ code: 'unknown-name', message: expect.stringContaining("'cosine'") }));
  });
});
