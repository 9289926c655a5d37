import { isDownhillError, nearest, show, type Json, type Pruner, type Sampler } from '@downhill/core';
import { pruners } from '../pruners/pruners.ts';
import { samplers } from '../samplers/samplers.ts';
import { lineOf } from './line-of.ts';
import { UsageError } from './usage-error.ts';

type Make<Made> = (options?: Readonly<Record<string, Json>>) => Made;

const FACTORIES = { sampler: samplers, pruner: pruners } as unknown as {
  readonly sampler: Readonly<Record<string, Make<Sampler>>>;
  readonly pruner: Readonly<Record<string, Make<Pruner>>>;
};

/** The names that `--sampler` or `--pruner` takes. */
export const pluginNames = (kind: 'sampler' | 'pruner'): string => Object.keys(FACTORIES[kind]).join(', ');

/** The sampler or pruner of that name. @throws UsageError where there is none, or it refuses its options. */
export function pluginNamed<Kind extends 'sampler' | 'pruner'>(
  kind: Kind,
  name: string,
  options: Json | undefined,
): ReturnType<(typeof FACTORIES)[Kind][string]> {
  const factories = FACTORIES[kind] as Readonly<Record<string, Make<ReturnType<(typeof FACTORIES)[Kind][string]>>>>;
  const make = Object.hasOwn(factories, name) ? factories[name] : undefined;
  if (make === undefined) {
    const near = nearest(name, Object.keys(factories));
    const advice = near === undefined ? `There are ${pluginNames(kind)}.` : `Did you mean ${near}?`;
    throw new UsageError(`there is no ${kind} ${show(name)}. ${advice}`);
  }
  try {
    return options === undefined ? make() : make(options as Readonly<Record<string, Json>>);
  } catch (error) {
    if (isDownhillError(error)) throw new UsageError(lineOf(error));
    throw error;
  }
}
