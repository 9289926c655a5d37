import { mul, transform, type Transform } from '@downhill/core';

/** Plain descent: a plugin's tests take no other plugin. */
export const descend = (learningRate: number): Transform =>
  transform({ name: 'descend', config: [learningRate], update: (g) => mul(g, learningRate) });
