import { complete } from '@downhill/core';

export const RESAMPLING = ['interpolation', 'border', 'fill'] as const;

/** @throws DownhillError `invalid-argument` for what is no object of options, or a name that is none of them. */
export function checkOptions<Options extends object>(source: string, options: Options, names: readonly (keyof Options & string)[]): void {
  complete<object, Record<string, undefined>>(source, options, Object.fromEntries(names.map((name) => [name, undefined])));
}
