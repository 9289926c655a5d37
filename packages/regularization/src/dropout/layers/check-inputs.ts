import { DownhillError } from '@downhill/core';
import type { layers, Shape } from '@tensorflow/tfjs-layers';
import { writtenName } from '../../internals/written-name.ts';

export const wrongCount = (layer: layers.Layer, wanted: string, got: number): DownhillError =>
  new DownhillError({ code: 'invalid-argument', source: writtenName(layer), problem: `it takes ${wanted}, got ${got} inputs` });

/** @throws DownhillError `shape-mismatch` where inputs that are joined have different shapes, as far as their lengths are known. */
export function checkSameShape(layer: layers.Layer, [first = [], second = first]: readonly Shape[]): void {
  const fits = (size: number | null, axis: number): boolean => size === null || second[axis] === null || size === second[axis];
  if (first.length === second.length && first.every(fits)) return;
  throw new DownhillError({
    code: 'shape-mismatch',
    source: writtenName(layer),
    problem: `both inputs must have one shape, got [${first.join(', ')}] and [${second.join(', ')}]`,
  });
}
