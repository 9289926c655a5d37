import { DownhillError, show } from '@downhill/core';
import type { Outputs } from '../outputs.ts';
import { checkCurves } from './calibrate.ts';
import { calibrator, type Calibrator, type ScoreKind } from './calibrator.ts';
import { checkedKind, classesWithCurve, logOddsOf, oneVersusRest, type ScoreOptions } from './scores.ts';
import { checkList } from './vector-scaling.ts';

/** A curve through points, straight between them and level outside. */
export interface Curve {
  /** Rising. */
  readonly x: readonly number[];
  /** In [0, 1], never falling. */
  readonly y: readonly number[];
}

/** Options of {@link isotonic}. */
export interface IsotonicOptions extends ScoreOptions {
  /** One a class, of two classes one for class 1. */
  curves: readonly Curve[];
}

/**
 * Isotonic calibration: a curve that never falls takes each class's score to its probability.
 *
 * The score is the probability, of logits the class's log-odds against the others. Of more than two classes each has its own curve, and the
 * probabilities are brought to a sum of 1 (Zadrozny & Elkan 2002, one against the rest); where all are 0, they are equal, as in scikit-learn's
 * `CalibratedClassifierCV(method='isotonic')`. `fitIsotonic` finds the curves.
 *
 * @example
 * const halved = isotonic({ curves: [{ x: [0, 1], y: [0, 0.5] }] });
 * calibrate(outputsFrom([[0.5, 0.5]]), halved).values[1]; // 0.25
 *
 * @throws DownhillError `invalid-argument`
 */
export function isotonic({ curves, ...options }: IsotonicOptions): Calibrator {
  const of = checkedKind('isotonic', options);
  check(curves);
  return calibrator({
    name: 'isotonic',
    config: { curves: curves.map(({ x, y }) => Object.freeze({ x: Object.freeze([...x]), y: Object.freeze([...y]) })), of },
    of,
    apply(scores) {
      const classes = classesWithCurve(scores.shape[1]);
      checkCurves('isotonic', curves.length, classes.length, scores.shape[1]);
      return oneVersusRest(
        curves.map((curve, i) => isotonicScores(scores, of, classes[i] ?? 0).map((s) => heightAt(curve, s))),
        scores.shape,
      );
    },
  });
}

/** What a class's curve is over. */
export const isotonicScores = (scores: Outputs, of: ScoreKind, k: number): Float64Array =>
  of === 'logits'
    ? logOddsOf(scores, k)
    : Float64Array.from({ length: scores.shape[0] }, (_, i) => scores.values[i * scores.shape[1] + k] ?? 0);

function heightAt({ x, y }: Curve, s: number): number {
  const after = x.findIndex((value) => value >= s);
  if (after === -1) return y.at(-1) ?? 0;
  const [x1 = 0, y1 = 0] = [x[after], y[after]];
  const [x0 = x1, y0 = y1] = [x[after - 1], y[after - 1]];
  return x1 === x0 || x1 === s ? y1 : y0 + ((y1 - y0) * (s - x0)) / (x1 - x0);
}

function check(curves: unknown): void {
  const refuse = (problem: string): never => {
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'isotonic',
      problem,
      advice: 'fitIsotonic(outputs, labels) finds the curves.',
    });
  };
  if (!Array.isArray(curves) || curves.length === 0) return refuse(`\`curves\` must be an array of curves { x, y }, got ${show(curves)}`);
  (curves as Partial<Curve>[]).forEach(({ x, y }, k) => {
    checkList('isotonic', { [`curves[${k}].x`]: x });
    checkList('isotonic', { [`curves[${k}].y`]: y }, x?.length);
    if (x?.some((value, i) => i > 0 && value <= (x[i - 1] ?? 0))) refuse(`\`curves[${k}].x\` must rise, got ${show(x)}`);
    if (y?.some((value, i) => value < (y[i - 1] ?? 0) || value > 1))
      refuse(`\`curves[${k}].y\` must lie in [0, 1] and never fall, got ${show(y)}`);
  });
}
