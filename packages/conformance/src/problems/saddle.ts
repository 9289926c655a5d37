import { COUNT, onNumbers, uniform, type Problem } from './problem.ts';

/** Σ ½ (½ x² − ½ y² + ¼ y⁴ + ¼) over pairs of weights, from near the ridge on which a saddle draws x and lets go of y: minima at y = ±1. */
export function saddle(): Problem {
  const noise = uniform('saddle');
  return onNumbers({
    title: 'leaves a saddle',
    steps: 150,
    share: 0.05,
    start: (i) => (i % 2 === 0 ? 1 : Math.sign(noise(i)) * 0.05) * (1 + 0.2 * noise(i)),
    lossOf(w, gradient) {
      let loss = 0;
      for (let i = 0; i < COUNT; i += 1) {
        const value = w[i] ?? 0;
        loss += i % 2 === 0 ? value ** 2 / 4 : (1 - value ** 2) ** 2 / 8;
        gradient[i] = i % 2 === 0 ? value / 2 : (value ** 3 - value) / 2;
      }
      return loss;
    },
  });
}
