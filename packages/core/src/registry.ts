import { show } from './check.ts';
import { DownhillError } from './errors.ts';
import type { Plugin, PluginJson } from './plugin.ts';
import type { PluginFactories } from './plugin-factories.ts';

/** A factory of plugins: it is called with whatever its own config says, which no type can know. */
export type Factory = (...options: never[]) => Plugin;

const factories = new Map<string, Factory>();

/**
 * Makes factories known by name, so that a saved optimizer can be built again and a command line can name them.
 * Nothing registers itself: an import alone changes nothing. Names are the object's keys, which minifiers keep.
 *
 * @example
 * register({ half: () => schedule({ name: 'half', config: {}, at: (step) => 1 / 2 ** step }) });
 * (build({ kind: 'schedule', name: 'half', config: {} }) as Schedule).at(1); // 0.5
 *
 * @throws DownhillError `name-taken` where another factory has the name.
 */
export function register(named: Readonly<Record<string, Factory>>): void {
  for (const [name, factory] of Object.entries(named)) {
    const known = factories.get(name);
    if (known !== undefined && known !== factory)
      throw new DownhillError({
        code: 'name-taken',
        source: 'register',
        problem: `another factory is registered as '${name}'`,
        advice: 'Choose another name for yours.',
      });
  }
  for (const [name, factory] of Object.entries(named)) factories.set(name, factory);
}

/** The names that are registered, sorted. */
export function registeredNames(): readonly string[] {
  return [...factories.keys()].sort();
}

/** How many letters must change to turn one word into the other (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The word most like `name`, for a "did you mean". */
export function nearest(name: string, words: readonly string[]): string | undefined {
  const close = words.map((word) => ({ word, away: distance(name.toLowerCase(), word.toLowerCase()) })).sort((a, b) => a.away - b.away)[0];
  return close !== undefined && close.away <= Math.max(2, name.length / 3) ? close.word : undefined;
}

/**
 * The factory registered under a name. Of a name in {@link PluginFactories} TypeScript knows the options and what is made.
 *
 * @example
 * register({ chain });
 * factoryNamed('chain')(masked(chain(), { minRank: 2 })).name; // 'chain'
 *
 * @throws DownhillError `unknown-name`, with the nearest name that is known.
 */
export function factoryNamed<Name extends keyof PluginFactories>(name: Name): PluginFactories[Name];
export function factoryNamed(name: string): (...options: readonly unknown[]) => Plugin;
export function factoryNamed(name: string): (...options: readonly unknown[]) => Plugin {
  const factory = factories.get(name);
  if (factory !== undefined) return factory as (...options: readonly unknown[]) => Plugin; // it checks what it gets
  const near = nearest(name, registeredNames());
  throw new DownhillError({
    code: 'unknown-name',
    source: 'register',
    problem: `nothing is registered as '${name}'${near === undefined ? '' : `; did you mean '${near}'?`}`,
    advice: `Call register({ ${name} }) with its factory before loading.`,
  });
}

const isPluginJson = (value: unknown): value is PluginJson =>
  typeof value === 'object' && value !== null && 'kind' in value && 'name' in value && 'config' in value && typeof value.name === 'string';

/**
 * A JSON value with the plugins in it built again: what a config file or a command line says of options that hold other plugins.
 *
 * @example
 * register({ chain });
 * (revive({ inner: { kind: 'transform', name: 'chain', config: [] } }) as { inner: Transform }).inner.parts.length; // 0
 *
 * @throws DownhillError as {@link build} does.
 */
export function revive(value: unknown): unknown {
  if (isPluginJson(value)) return build(value);
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, revive(item)]));
  return value;
}

/** The JSON of a plugin whose factory TypeScript knows by name. */
type KnownJson<Name extends keyof PluginFactories> = PluginJson & { readonly name: Name };

/**
 * Builds a plugin again from its JSON, with the factories that were registered. Of a name in {@link PluginFactories} TypeScript knows
 * what is made.
 *
 * @example
 * register({ chain });
 * build({ kind: 'transform', name: 'chain', config: [] }).parts.length; // 0
 *
 * @throws DownhillError `unknown-name` where a factory was not registered, `invalid-argument` where the JSON is no plugin's.
 */
export function build<Name extends keyof PluginFactories>(json: KnownJson<Name>): ReturnType<PluginFactories[Name]>;
export function build(json: unknown): Plugin;
export function build(json: unknown): Plugin {
  if (!isPluginJson(json))
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'build',
      problem: `the JSON of a plugin has \`kind\`, \`name\` and \`config\`, got ${show(json)}`,
    });
  const config = revive(json.config);
  const plugin = factoryNamed(json.name)(...(Array.isArray(config) ? (config as unknown[]) : [config]));
  if (plugin.kind !== json.kind)
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'build',
      problem: `'${json.name}' was saved as a ${json.kind}, but the factory registered under that name makes a ${plugin.kind}`,
    });
  return plugin;
}
