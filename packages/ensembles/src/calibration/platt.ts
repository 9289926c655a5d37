import { exp } from '@downhill/core/math';
import { checkCurves } from './calibrate.ts';
import { calibrator, type Calibrator } from './calibrator.ts';
import { checkedKind, classesWithCurve, logitsOf, logOddsOf, oneVersusRest, type ScoreOptions } from './scores.ts';
import { checkList } from './vector-scaling.ts';

/** Options of {@link platt}: one number a class, of two classes one for class 1. */
export interface PlattOptions extends ScoreOptions {
  /** A: negative where higher scores mean higher probabilities. */
  slopes: readonly number[];
  /** B. */
  offsets: readonly number[];
}

/**
 * Platt scaling: a sigmoid of the score.
 *
 *     p = 1 / (1 + exp(A s + B))
 *
 * The score s of a class is its log-odds against the others; of one column of logits that is the column. Of more than two classes each has its
 * own sigmoid, and the probabilities are brought to a sum of 1 (Zadrozny & Elkan 2002, one against the rest). Platt 1999, equation 1.
 * `fitPlatt` finds A and B.
 *
 * @example
 * const asItIs = platt({ slopes: [-1], offsets: [0] });
 * calibrate(outputsFrom([[0.8]]), asItIs).values[0].toFixed(6); // '0.800000'
 *
 * @throws DownhillError `invalid-argument`
 */
export function platt({ slopes, offsets, ...options }: PlattOptions): Calibrator {
  const of = checkedKind('platt', options);
  checkList('platt', { slopes });
  checkList('platt', { offsets }, slopes.length);
  return calibrator({
    name: 'platt',
    config: { slopes: Object.freeze([...slopes]), offsets: Object.freeze([...offsets]), of },
    of,
    apply(scores) {
      const classes = classesWithCurve(scores.shape[1]);
      checkCurves('platt', slopes.length, classes.length, scores.shape[1]);
      const logits = logitsOf(scores, of);
      const curves = classes.map((k, i) => logOddsOf(logits, k).map((s) => 1 / (1 + exp((slopes[i] ?? 0) * s + (offsets[i] ?? 0)))));
      return oneVersusRest(curves, scores.shape);
    },
  });
}
