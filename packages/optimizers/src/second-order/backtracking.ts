import { decreasesEnough, isUsable, MOST_LOOKS, trialAt, trialOf, type Found, type Line } from './line-search.ts';

/**
 * The first step, shortened until the loss falls enough.
 *
 *     L(w + t d) ≤ L(w) + c₁ t gᵀd
 *
 * Nocedal & Wright 2006, algorithm 3.1. The next length is the minimum of the parabola through what is known, between a tenth and a half of the last
 * one (Dennis & Schnabel 1983, section 6.3.2); a tenth where the loss is NaN or infinite.
 */
export function backtracking(line: Line): Found {
  const start = trialOf(line, 0, line.from);
  let length = line.first;
  for (let evaluations = 1; evaluations <= MOST_LOOKS; evaluations++) {
    const trial = trialAt(line, length);
    const usable = isUsable(trial);
    if (usable && decreasesEnough(line, start, trial)) return { point: trial.point, evaluations };
    const parabola = (-start.slope * length * length) / (2 * (trial.loss - start.loss - start.slope * length));
    length = usable ? Math.min(Math.max(parabola, 0.1 * length), 0.5 * length) : 0.1 * length;
  }
  return { point: undefined, evaluations: MOST_LOOKS };
}
