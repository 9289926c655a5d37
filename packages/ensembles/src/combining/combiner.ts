import { pluginJson, type Plugin, type PluginConfig } from '@downhill/core';
import type { OutputKind } from '../checks/check-members.ts';
import type { Outputs } from '../outputs.ts';

/** A way to make one prediction of several. Made by {@link combiner}; {@link combine} applies it. */
export interface Combiner extends Plugin<'combiner'> {
  /** What it takes and gives. */
  readonly of: OutputKind;
  /** Without checks: at least one member, all of one shape; of probabilities with a column for each class, also of two. */
  combine(members: readonly Outputs[]): Outputs;
}

export interface CombinerDefinition {
  /** The factory's name. */
  readonly name: string;
  /** The factory's options, or its arguments as an array: plain JSON. */
  readonly config: PluginConfig;
  readonly of: OutputKind;
  readonly combine: (members: readonly Outputs[]) => Outputs;
}

/**
 * Makes a combiner out of one pure function of the members' outputs. It is plain data that JSON can hold: `register` its factory
 * and `build` makes it again from a file.
 *
 * @example
 * const first = combiner({ name: 'first', config: {}, of: 'values', combine: ([member]) => member });
 * combine([outputsFrom([[7]]), outputsFrom([[9]])], first).values[0]; // 7
 */
export function combiner({ name, config, of, combine }: CombinerDefinition): Combiner {
  return Object.freeze({
    kind: 'combiner',
    name,
    config,
    of,
    combine,
    toJSON() {
      return pluginJson(this);
    },
  } satisfies Combiner);
}

/**
 * Whether a value is a {@link Combiner}, also one made by another copy of this package.
 *
 * @example
 * isCombiner(mean()); // true
 */
export function isCombiner(value: unknown): value is Combiner {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'combiner' && 'combine' in value;
}
