import { zeros, type LossAccess, type Slot } from '@downhill/core';
import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import type { Curvature } from './curvature.ts';
import type { Stretch } from './landscape.ts';
import type { Point } from './point.ts';
import { plus } from './vectors.ts';

/** The point that was looked at last: the next step learns from the way to its own start. */
export const lastPoint: { readonly weight: Slot; readonly gradient: Slot } = { weight: zeros, gradient: zeros };

type Access = Pick<LossAccess<Tensor>, 'slot' | 'setSlot'>;

/** A slot of all parameters in one row, `count` of them behind one another. */
export function readRows({ slot }: Access, stretches: readonly Stretch[], name: string, count = 1): readonly Float64Array[] {
  const rows = Array.from({ length: count }, () => new Float64Array(stretches.at(-1)?.to ?? 0));
  for (const { name: parameter, from, to } of stretches) {
    const values = slot(parameter, name).dataSync();
    rows.forEach((row, i) => row.set(values.subarray(i * (to - from), (i + 1) * (to - from)), from));
  }
  return rows;
}

/** @param extent The axes of the slot in front of the parameter's. */
export function keepRows(
  { setSlot }: Access,
  stretches: readonly Stretch[],
  name: string,
  rows: readonly Float64Array[],
  extent: readonly number[] = [],
): void {
  const count = extent.reduce((product, size) => product * size, 1);
  for (const { name: parameter, shape, from, to } of stretches) {
    const values = new Float32Array(count * (to - from));
    rows.forEach((row, i) => values.set(row.subarray(from, to), i * (to - from)));
    setSlot(parameter, name, tensor(values, [...extent, ...shape], 'float32'));
  }
}

/** Before the first step the gradient is all zeros, and there is nothing to learn. */
export function learnFromLast(access: Access, stretches: readonly Stretch[], curvature: Curvature, { x, gradient }: Point): void {
  const [before] = readRows(access, stretches, 'gradient');
  const [at] = readRows(access, stretches, 'weight');
  if (before?.some((value) => value !== 0) && at !== undefined) curvature.learn(plus(x, -1, at), plus(gradient, -1, before));
}

export function keepLast(access: Access, stretches: readonly Stretch[], { x, gradient }: Point): void {
  keepRows(access, stretches, 'weight', [x]);
  keepRows(access, stretches, 'gradient', [gradient]);
}
