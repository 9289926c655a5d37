import type { Problem } from './problem.ts';
import { ackley8 } from './problems/ackley8.ts';
import { branches } from './problems/branches.ts';
import { branin } from './problems/branin.ts';
import { hartmann6 } from './problems/hartmann6.ts';
import { mnist } from './problems/mnist.ts';
import { rosenbrock4 } from './problems/rosenbrock4.ts';

export const problems: readonly Problem[] = [branin, hartmann6, rosenbrock4, ackley8, branches, mnist];
