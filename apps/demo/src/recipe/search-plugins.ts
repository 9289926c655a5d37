import { factoryNamed, registeredNames, revive, type Plugin } from '@downhill/core';
import type { Pruner, Sampler } from '@downhill/tuning';
import { checkPlugin, trial, type PluginOptions } from './check-plugin.ts';

/** What searches the settings before a run, where the recipe's own choice is not taken. */
export interface SearchConfig {
  /** @defaultValue sobol */
  readonly sampler?: string;
  readonly samplerOptions?: PluginOptions;
  /** @defaultValue asha over the epochs of a trial */
  readonly pruner?: string;
  readonly prunerOptions?: PluginOptions;
}

type Kind = 'sampler' | 'pruner';

function pluginFrom(kind: Kind, name: string, options: PluginOptions | undefined): Plugin | undefined {
  const made = options === undefined ? factoryNamed(name)() : factoryNamed(name)(revive(options));
  return made.kind === kind ? made : undefined;
}

/** The registered samplers or pruners that need no options. */
export const searchNames = (kind: Kind): readonly string[] =>
  registeredNames().filter((name) => trial(() => pluginFrom(kind, name, undefined)) !== undefined);

/** @throws DownhillError `unknown-name` with the nearest name that is known, `invalid-argument` for options that a factory refuses. */
export function checkSearch(source: string, config: SearchConfig, label: (key: keyof SearchConfig) => string): void {
  for (const kind of ['sampler', 'pruner'] as const) {
    const [name, options] = [config[kind], config[`${kind}Options`]];
    if (name === undefined) continue;
    checkPlugin(source, {
      label: label(kind),
      name,
      optionsLabel: label(`${kind}Options`),
      options,
      names: () => searchNames(kind),
      make: () => pluginFrom(kind, name, options),
    });
  }
}

export const samplerFor = ({ sampler, samplerOptions }: SearchConfig): Sampler | undefined =>
  sampler === undefined ? undefined : (pluginFrom('sampler', sampler, samplerOptions) as Sampler | undefined);

export const prunerFor = ({ pruner, prunerOptions }: SearchConfig): Pruner | undefined =>
  pruner === undefined ? undefined : (pluginFrom('pruner', pruner, prunerOptions) as Pruner | undefined);
