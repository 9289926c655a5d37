import type { Effect } from '@downhill/core';
import { joined } from './images.ts';
import { nativeKernels } from './native/kernels.ts';
import type { Image, Range } from './passes/image.ts';
import { portableKernels, type Kernels } from './passes/kernels.ts';
import { plan, type PlanOptions } from './passes/plan.ts';
import { runPasses } from './passes/run-passes.ts';

let kernels: Kernels | undefined;

/** The fastest that the page allows, shared by all: they work on one image at a time. */
export const activeKernels = (): Kernels => (kernels ??= nativeKernels() ?? portableKernels);

/** Images after their effects, one after the other as values of a shape. */
export function runEffects(
  images: readonly Image[],
  effectsOf: (i: number) => readonly Effect[],
  { shape, range, faithful }: PlanOptions & { readonly shape: readonly number[]; readonly range: Range },
): Float32Array {
  const active = activeKernels();
  const passes = images.map((image, i) => plan(effectsOf(i), image, { faithful }));
  const views = function* (): Generator<Image> {
    for (const [i, image] of images.entries()) yield runPasses(active, image, passes[i] ?? [], range);
  };
  return joined(views(), shape);
}
