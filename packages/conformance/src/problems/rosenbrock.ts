import { COUNT, onNumbers, uniform, type Problem } from './problem.ts';

/** Σ ((1 − x)² + 100 (y − x²)²) / 1000 over pairs of weights, from about (−1.2, 1): Rosenbrock 1960. */
export function rosenbrock(): Problem {
  const noise = uniform('rosenbrock');
  return onNumbers({
    title: 'goes along the Rosenbrock valley',
    steps: 500,
    share: 0.125,
    start: (i) => (i % 2 === 0 ? -1.2 : 1) + 0.1 * noise(i),
    lossOf(w, gradient) {
      let loss = 0;
      for (let i = 0; i < COUNT; i += 2) {
        const x = w[i] ?? 0;
        const y = w[i + 1] ?? x * x; // the last one has no partner
        const height = y - x * x;
        loss += ((1 - x) ** 2 + 100 * height ** 2) / 1000;
        gradient[i] = (-2 * (1 - x) - 400 * x * height) / 1000;
        if (i + 1 < COUNT) gradient[i + 1] = (200 * height) / 1000;
      }
      return loss;
    },
  });
}
