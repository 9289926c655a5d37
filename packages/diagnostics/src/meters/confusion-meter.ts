import { complete } from '@downhill/core';
import { CLASSIFICATION, classificationMeter, type ClassificationOptions } from './classification-meter.ts';
import { count, f1, namesOf, type Confusion } from './confusion.ts';
import { scalar, type Meter } from './meter.ts';

/** Options of meters with a number for each class. */
export interface PerClassOptions extends ClassificationOptions {
  /** @defaultValue the classes' numbers */
  readonly classNames?: readonly string[];
}

const PER_CLASS = { ...CLASSIFICATION, classNames: undefined as readonly string[] | undefined };

/**
 * Which classes are taken for which: the matrix `confusion` of counts, right classes down, predicted ones across. Cost: no pass.
 *
 * @example
 * const mistakes = confusionMeter({ of: 'validation', classNames: ['cat', 'dog'] });
 * mistakes.name; // 'val_confusion'
 *
 * @throws DownhillError `invalid-argument` for wrong options.
 */
export function confusionMeter(options: PerClassOptions = {}): Meter {
  const { classNames, ...rest } = complete('confusionMeter', options, PER_CLASS);
  return classificationMeter('confusionMeter', 'confusion', rest, () => {
    let matrix: Confusion | undefined;
    return {
      add: (examples) => void (matrix = count(matrix, examples)),
      result() {
        const values = matrix ?? [];
        const names = namesOf('confusionMeter', values.length, classNames);
        return [{ kind: 'matrix', name: 'confusion', rows: names, columns: names, values }];
      },
    };
  });
}

/**
 * F1, the harmonic mean of precision and recall: `f1/macro`, the mean over the classes that occur; `f1/micro`, over all examples; and of each
 * class, `f1/cat`, that is labelled or predicted at all.
 *
 *     F1 = 2 TP / (2 TP + FP + FN)
 *
 * As scikit-learn's `f1_score`. Cost: no pass.
 *
 * @example
 * const balance = f1Meter();
 * balance.name; // 'f1'
 *
 * @throws DownhillError `invalid-argument` for wrong options.
 */
export function f1Meter(options: PerClassOptions = {}): Meter {
  const { classNames, ...rest } = complete('f1Meter', options, PER_CLASS);
  return classificationMeter('f1Meter', 'f1', rest, () => {
    let matrix: Confusion | undefined;
    return {
      add: (examples) => void (matrix = count(matrix, examples)),
      result() {
        const { each, macro, micro } = f1(matrix ?? []);
        const names = namesOf('f1Meter', each.length, classNames);
        const known = each.flatMap((value, k) => (Number.isNaN(value) ? [] : [scalar(`f1/${names[k]}`, value)]));
        return [scalar('f1/macro', macro), scalar('f1/micro', micro), ...known];
      },
    };
  });
}
