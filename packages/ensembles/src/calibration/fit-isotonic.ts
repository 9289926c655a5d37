import { checkLabels, type Labels } from '../checks/check-labels.ts';
import type { Outputs } from '../outputs.ts';
import type { Calibrator } from './calibrator.ts';
import { isotonic, isotonicScores, type Curve } from './isotonic.ts';
import { checkedKind, checkedScores, classesWithCurve, type ScoreOptions } from './scores.ts';

/**
 * Fits {@link isotonic} on validation data: the curve that never falls and lies nearest to right (1) and wrong (0) in squares. It follows any
 * shape, so it needs more examples than a sigmoid does: some thousand (Niculescu-Mizil & Caruana 2005, section 5). Where all examples beyond some
 * score are of one class, it says 0 or 1 there.
 *
 * Pool adjacent violators (Ayer et al. 1955); equal scores are averaged first, as in scikit-learn's `IsotonicRegression`.
 *
 * @example
 * const fitted = fitIsotonic(outputsFrom([[0.1], [0.3], [0.4], [0.8]]), [0, 1, 0, 1]);
 * fitted.config.curves[0].y; // [0, 0.5, 0.5, 1]
 *
 * @throws DownhillError as `calibrate`; `shape-mismatch` and `data-invalid` where the labels do not fit.
 */
export function fitIsotonic(outputs: Outputs, labels: Labels, options: ScoreOptions = {}): Calibrator {
  const of = checkedKind('fitIsotonic', options);
  const scores = checkedScores('fitIsotonic', outputs, of);
  checkLabels('fitIsotonic', labels, scores.shape);
  const curves = classesWithCurve(scores.shape[1]).map((k) => fitCurve(isotonicScores(scores, of, k), (i) => labels[i] === k));
  return isotonic({ curves, of });
}

/** Equal scores, or neighbours that were pooled. */
interface Block {
  readonly lowest: number;
  readonly highest: number;
  readonly positives: number;
  readonly count: number;
}

function fitCurve(scores: Float64Array, isPositive: (i: number) => boolean): Curve {
  const ends = pooled(distinct(scores, isPositive)).flatMap(({ lowest, highest, positives, count }) => {
    const height = positives / count;
    return lowest === highest ? [[lowest, height] as const] : [[lowest, height] as const, [highest, height] as const];
  });
  return { x: ends.map(([x]) => x), y: ends.map(([, y]) => y) };
}

/** One block a score. */
function distinct(scores: Float64Array, isPositive: (i: number) => boolean): readonly Block[] {
  const blocks: Block[] = [];
  for (const i of Array.from(scores, (_, place) => place).toSorted((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0))) {
    const score = scores[i] ?? 0;
    const one = { lowest: score, highest: score, positives: Number(isPositive(i)), count: 1 };
    const last = blocks.at(-1);
    if (last?.highest === score) blocks[blocks.length - 1] = joined(last, one);
    else blocks.push(one);
  }
  return blocks;
}

/** Joins neighbours until their means rise. */
function pooled(blocks: readonly Block[]): readonly Block[] {
  const rising: Block[] = [];
  for (const block of blocks) {
    let next = block;
    for (let last = rising.at(-1); last !== undefined && last.positives * next.count >= next.positives * last.count; last = rising.at(-1)) {
      rising.pop();
      next = joined(last, next);
    }
    rising.push(next);
  }
  return rising;
}

const joined = (a: Block, b: Block): Block => ({
  lowest: a.lowest,
  highest: b.highest,
  positives: a.positives + b.positives,
  count: a.count + b.count,
});
