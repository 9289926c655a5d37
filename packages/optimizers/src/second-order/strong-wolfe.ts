import { cubicMinimum } from './cubic-minimum.ts';
import { decreasesEnough, isUsable, MOST_LOOKS, trialAt, trialOf, type Found, type Line, type Trial } from './line-search.ts';
import { maxAbs } from './vectors.ts';

/** c₂, the most of the first slope that may be left: PyTorch, and Nocedal & Wright for quasi-Newton directions. */
const CURVATURE = 0.9;

/** Where a loss falls without end, the step grows tenfold no more often than this. */
const MOST_EXPANSIONS = 10;

/** Two ends between which a good step lies; the first has the lower loss. */
type Bracket = readonly [low: Trial, high: Trial];

const sorted = (a: Trial, b: Trial): Bracket => (b.loss < a.loss ? [b, a] : [a, b]);

/**
 * A step that lowers the loss enough and leaves little of the slope: the strong Wolfe conditions.
 *
 *     L(w + t d) ≤ L(w) + c₁ t gᵀd        |∇L(w + t d)ᵀd| ≤ c₂ |gᵀd|
 *
 * Nocedal & Wright 2006, algorithms 3.5 and 3.6, with the cubic interpolation and its safeguards of Schmidt's minFunc, which PyTorch's
 * `LBFGS` has too. A step so long that the loss or its slope is NaN or infinite is shortened to a tenth.
 */
export function strongWolfe(line: Line): Found {
  const start = trialOf(line, 0, line.from);
  let evaluations = 0;
  const at = (length: number): Trial => {
    evaluations += 1;
    return trialAt(line, length);
  };
  const isFlat = ({ slope }: Trial): boolean => Math.abs(slope) <= -CURVATURE * start.slope;

  let [before, now] = [start, at(line.first)];
  let limit = Infinity;
  let bracket: Bracket | undefined;
  for (let expansions = 0; bracket === undefined;) {
    if (evaluations >= MOST_LOOKS) return found(lower(start, before, now), evaluations);
    if (!isUsable(now)) {
      limit = now.at;
      now = at(before.at + (now.at - before.at) / 10);
    } else if (!decreasesEnough(line, start, now) || (expansions > 1 && now.loss >= before.loss)) bracket = sorted(before, now);
    else if (isFlat(now)) return found(now, evaluations);
    else if (now.slope >= 0) bracket = sorted(before, now);
    else {
      if (expansions >= MOST_EXPANSIONS) return found(now, evaluations);
      expansions += 1;
      const most = now.at * 10 < limit ? now.at * 10 : (now.at + limit) / 2;
      const next = cubicMinimum(before, now, [now.at + 0.01 * (now.at - before.at), most]);
      [before, now] = [now, at(next)];
    }
  }
  return zoom(bracket, () => evaluations);

  /** Nocedal & Wright 2006, algorithm 3.6. */
  function zoom([low, high]: Bracket, looks: () => number): Found {
    const reach = maxAbs(line.direction);
    let stalled = false;
    while (looks() < MOST_LOOKS && Math.abs(high.at - low.at) * reach >= line.toleranceChange) {
      const [least, most] = [Math.min(low.at, high.at), Math.max(low.at, high.at)];
      const margin = 0.1 * (most - least);
      let length = cubicMinimum(low, high);
      const nearEnd = Math.min(most - length, length - least) < margin;
      const moved: boolean = nearEnd && (stalled || length >= most || length <= least);
      if (moved) length = most - length < length - least ? most - margin : least + margin;
      stalled = nearEnd && !moved;
      const trial = at(length);
      if (!isUsable(trial) || !decreasesEnough(line, start, trial) || trial.loss >= low.loss) [low, high] = sorted(low, withLoss(trial));
      else {
        if (isFlat(trial)) return found(trial, looks());
        if (trial.slope * (high.at - low.at) >= 0) high = low;
        low = trial;
      }
    }
    return found(low, looks());
  }
}

/** What cannot be used is as high as can be. */
const withLoss = (trial: Trial): Trial => (isUsable(trial) ? trial : { ...trial, loss: Infinity });

const lower = (start: Trial, ...others: readonly Trial[]): Trial =>
  others.filter(isUsable).reduce((best, other) => (other.loss < best.loss ? other : best), start);

const found = ({ at, point }: Trial, evaluations: number): Found => ({ point: at > 0 ? point : undefined, evaluations });
