import type { Problem } from './problem.ts';
import { logisticRegression } from './problems/logistic-regression.ts';
import { mnistConvnet } from './problems/mnist-convnet.ts';
import { mnistMlp } from './problems/mnist-mlp.ts';
import { rosenbrock } from './problems/rosenbrock.ts';

export const problems: readonly Problem[] = [mnistMlp, mnistConvnet, logisticRegression, rosenbrock];
