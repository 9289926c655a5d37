import type { Schedule, Transform } from '@downhill/core';
import { sgd } from '@downhill/optimizers';
import { cosine, warmup } from '@downhill/schedulers';

const WARM_UP = 0.05; // of all steps

/** A learning rate that warms up and then follows a cosine to 0. */
export function warmCosine(learningRate: number, steps: number): Schedule {
  const warmUp = Math.ceil(steps * WARM_UP);
  return warmup(cosine({ from: learningRate, steps: Math.max(1, steps - warmUp) }), { steps: warmUp });
}

/** SGD with Nesterov's momentum. */
export const nesterov = (learningRate: Schedule): Transform => sgd({ learningRate, momentum: 0.9, nesterov: true });

/** {@link nesterov} with a learning rate that warms up and then follows a cosine to 0. */
export const rule = (learningRate: number, steps: number): Transform => nesterov(warmCosine(learningRate, steps));
