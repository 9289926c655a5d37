import type { Problem } from '../problem.ts';
import { numbers, sum, vector } from './vector.ts';

/** A deep hole in a plain of many small ones, 0 at the origin. Ackley 1987. */
export const ackley8: Problem = {
  name: 'ackley8',
  title: 'Ackley, eight dimensions',
  parameters: vector(8, -32.768, 32.768),
  at(settings) {
    const x = numbers(settings);
    const size = Math.sqrt(sum(x.map((value) => value * value)) / x.length);
    const waves = sum(x.map((value) => Math.cos(2 * Math.PI * value))) / x.length;
    return -20 * Math.exp(-0.2 * size) - Math.exp(waves) + 20 + Math.E;
  },
};
