import type { Json } from '@downhill/core';

/** Settings as a flat list: those of an object inside are named `optimizer.beta1`. */
export function flat(settings: Readonly<Record<string, Json | undefined>>, before = ''): [string, Json][] {
  return Object.entries(settings).flatMap(([name, value]): [string, Json][] => {
    if (value === undefined) return [];
    if (typeof value !== 'object' || value === null || isList(value)) return [[before + name, value]];
    return flat(value, `${before}${name}.`);
  });
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
