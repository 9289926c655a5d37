import { show } from './check.ts';
import { DownhillError } from './errors.ts';

/** A plain JSON value; plugins may stand in it, since they write themselves as JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** What a plugin becomes in a saved file: enough to call its factory again. */
export interface PluginJson {
  readonly kind: string;
  readonly name: string;
  readonly config: Json;
}

/**
 * What every plugin of every family is: a frozen object made by a factory of the same name.
 *
 * `config` is the factory's options object, or, where the factory takes several arguments, their array. It holds JSON
 * values and other plugins.
 */
export interface Plugin<Kind extends string = string> {
  readonly kind: Kind;
  /** The factory's name; under this name `register` makes it loadable. */
  readonly name: string;
  readonly config: PluginConfig;
  toJSON(): PluginJson;
}

export type PluginConfig = Readonly<Record<string, unknown>> | readonly unknown[];

/**
 * Writes a plugin as JSON by way of its `toJSON` and those of the plugins in its config.
 *
 * @throws DownhillError `not-serializable` where the config holds a function or a number that JSON has no word for.
 */
export function pluginJson(plugin: Pick<Plugin, 'kind' | 'name' | 'config'>): PluginJson {
  const text = JSON.stringify(plugin.config, (key, value: unknown) => {
    if (typeof value !== 'function' && (typeof value !== 'number' || Number.isFinite(value))) return value;
    throw new DownhillError({
      code: 'not-serializable',
      source: plugin.name,
      problem: `\`${key}\` is ${show(value)}, which JSON cannot hold`,
      advice: 'In place of a function of names and shapes write { minRank: 2 }.',
    });
  });
  return { kind: plugin.kind, name: plugin.name, config: JSON.parse(text) as Json };
}
