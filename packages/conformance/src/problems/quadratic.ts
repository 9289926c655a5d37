import { pow } from '@downhill/core/math';
import { COUNT, onNumbers, uniform, type Problem } from './problem.ts';

/** ½ Σ λᵢ dᵢ² with λ from 1 down to 10⁻³, where d is the way to the minimum in axes that lie across those of the weights, two by two. */
export function quadratic(): Problem {
  const [minimum, start] = [uniform('minimum'), uniform('start')];
  const eigenvalue = (i: number): number => 1 / pow(1000, i / (COUNT - 1));
  return onNumbers({
    title: 'comes down a convex quadratic with a condition number of 1000',
    steps: 200,
    share: 0.03,
    start: (i) => minimum(i) + (start(i) < 0 ? -3 : 3) * (1 + start(i) / 4),
    lossOf(w, gradient) {
      let loss = 0;
      for (let i = 0; i < COUNT; i += 2) {
        const [a, b] = [(w[i] ?? 0) - minimum(i), i + 1 < COUNT ? (w[i + 1] ?? 0) - minimum(i + 1) : 0];
        const [along, across] = [0.8 * a - 0.6 * b, 0.6 * a + 0.8 * b];
        const [first, second] = [eigenvalue(i) * along, eigenvalue(i + 1) * across];
        loss += (first * along + second * across) / 2;
        gradient[i] = 0.8 * first + 0.6 * second;
        if (i + 1 < COUNT) gradient[i + 1] = 0.8 * second - 0.6 * first;
      }
      return loss;
    },
  });
}
