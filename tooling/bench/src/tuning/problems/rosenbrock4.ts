import type { Problem } from '../problem.ts';
import { numbers, sum, vector } from './vector.ts';

/** A bent valley, 0 at (1, 1, 1, 1). Rosenbrock 1960. */
export const rosenbrock4: Problem = {
  name: 'rosenbrock4',
  title: 'Rosenbrock, four dimensions',
  parameters: vector(4, -5, 10),
  at(settings) {
    const x = numbers(settings);
    return sum(x.slice(1).map((next, i) => 100 * (next - (x[i] ?? 0) ** 2) ** 2 + (1 - (x[i] ?? 0)) ** 2));
  },
};
