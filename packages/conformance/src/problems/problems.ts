import type { SmallProblem } from '@downhill/core';
import { digitSoftmax } from './digit-softmax.ts';
import { noisyRegression } from './noisy-regression.ts';
import type { Problem } from './problem.ts';
import { quadratic } from './quadratic.ts';
import { rosenbrock } from './rosenbrock.ts';
import { saddle } from './saddle.ts';

/** The problems by the names under which a rule declares that it cannot solve them. */
export const problems: Readonly<Record<SmallProblem, () => Problem>> = {
  quadratic,
  rosenbrock,
  saddle,
  noisyRegression,
  digits: digitSoftmax,
};
