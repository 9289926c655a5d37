import { checkNumber, DownhillError, show } from '@downhill/core';
import { fillRows, rowOf } from '../checks/rows.ts';
import { softmax } from '../fitting/softmax.ts';
import { checkCurves } from './calibrate.ts';
import { calibrator, type Calibrator } from './calibrator.ts';
import { checkedKind, logitsOf, type ScoreOptions } from './scores.ts';

/** Options of {@link vectorScaling}: one number a class. */
export interface VectorScalingOptions extends ScoreOptions {
  weights: readonly number[];
  biases: readonly number[];
}

/**
 * Vector scaling: a factor and an offset for each class's logit.
 *
 *     p = softmax(w ∘ z + b)
 *
 * Of probabilities, z is their logarithm. Guo et al. 2017, section 4.2 (arXiv:1706.04599). `fitVectorScaling` finds w and b.
 *
 * @example
 * const even = vectorScaling({ weights: [0, 0], biases: [0, 0] });
 * [...calibrate(outputsFrom([[0.9, 0.1]]), even).values]; // [0.5, 0.5]
 *
 * @throws DownhillError `invalid-argument`
 */
export function vectorScaling({ weights, biases, ...options }: VectorScalingOptions): Calibrator {
  const of = checkedKind('vectorScaling', options);
  checkList('vectorScaling', { weights });
  checkList('vectorScaling', { biases }, weights.length);
  return calibrator({
    name: 'vectorScaling',
    config: { weights: Object.freeze([...weights]), biases: Object.freeze([...biases]), of },
    of,
    apply(scores) {
      const classes = scores.shape[1];
      checkCurves('vectorScaling', weights.length, classes, classes);
      const logits = logitsOf(scores, of);
      return fillRows(scores.shape, (row, i) => {
        rowOf(logits, i).forEach((z, k) => (row[k] = (weights[k] ?? 0) * z + (biases[k] ?? 0)));
        softmax(row);
      });
    },
  });
}

/** Checks that an argument is a list of finite numbers. @throws DownhillError `invalid-argument` */
export function checkList(source: string, named: Readonly<Record<string, unknown>>, length?: number): void {
  for (const [name, list] of Object.entries(named)) {
    if (!Array.isArray(list) || list.length === 0 || list.length !== (length ?? list.length))
      throw new DownhillError({
        code: 'invalid-argument',
        source,
        problem: `\`${name}\` must be an array of ${length ?? 'at least one'} numbers, got ${show(list)}`,
      });
    list.forEach((value: unknown, k) => checkNumber(source, { [`${name}[${k}]`]: value }));
  }
}
