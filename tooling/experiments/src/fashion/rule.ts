import type { Transform } from '@downhill/core';
import { sgd } from '@downhill/optimizers';
import { cosine, warmup } from '@downhill/schedulers';

const WARM_UP = 0.05; // of all steps

/** SGD with Nesterov's momentum and a learning rate that warms up and then follows a cosine to 0. */
export function rule(learningRate: number, steps: number): Transform {
  const warmUp = Math.ceil(steps * WARM_UP);
  const rate = warmup(cosine({ from: learningRate, steps: Math.max(1, steps - warmUp) }), { steps: warmUp });
  return sgd({ learningRate: rate, momentum: 0.9, nesterov: true });
}
