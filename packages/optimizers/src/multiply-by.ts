import { mul, transform, type ScheduleLike, type Transform } from '@downhill/core';

/** Multiplies the update by a number, in the name of another rule. */
export const multiplyBy = (name: string, factor: ScheduleLike, of: (factor: number) => number = (x) => x): Transform =>
  transform({
    name,
    config: [factor],
    numbers: { factor },
    scalars: (_, now) => ({ share: of(now.factor) }),
    update: (g, { scalars }) => mul(g, scalars.share),
  });
