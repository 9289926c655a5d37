import { checkNumber, complete } from '@downhill/core';
import { CLASSIFICATION, classificationMeter, type ClassificationOptions, type Tally } from './classification-meter.ts';
import { scalar, type Meter } from './meter.ts';

/** The share of examples whose right class is among the k with the highest scores, of equal scores the first. */
function topK(name: string, k: number): Tally {
  let [hits, examples] = [0, 0];
  return {
    add({ classes, labels, scores }) {
      for (let i = 0; i < labels.length; i++) {
        const row = scores.subarray(i * classes, (i + 1) * classes);
        const label = labels[i] ?? 0;
        const score = row[label] ?? Number.NaN;
        let above = 0;
        for (let j = 0; j < classes; j++) if ((row[j] ?? 0) > score || (row[j] === score && j < label)) above += 1;
        if (above < k && !Number.isNaN(score)) hits += 1;
        examples += 1;
      }
    },
    result: () => [scalar(name, hits / examples)],
  };
}

/**
 * The share of examples whose right class has the highest score, in [0, 1]: `accuracy`, or `val_accuracy` of a validation. Cost: no pass.
 *
 * @example
 * const right = accuracyMeter();
 * right.needs; // ['predictions']
 *
 * @throws DownhillError `invalid-argument` for wrong options.
 */
export function accuracyMeter(options: ClassificationOptions = {}): Meter {
  return classificationMeter('accuracyMeter', 'accuracy', complete('accuracyMeter', options, CLASSIFICATION), () => topK('accuracy', 1));
}

export interface TopKMeterOptions extends ClassificationOptions {
  /** @defaultValue 5, as in ImageNet's top-5 and Keras's `TopKCategoricalAccuracy` */
  readonly k?: number;
}

/**
 * The share of examples whose right class is among the k with the highest scores: `top-5 accuracy`. It is 1 where there are no more classes
 * than k. Cost: no pass.
 *
 * @example
 * const nearly = topKMeter({ k: 3 });
 * nearly.name; // 'top-3 accuracy'
 *
 * @throws DownhillError `invalid-argument` for wrong options.
 */
export function topKMeter(options: TopKMeterOptions = {}): Meter {
  const { k, ...rest } = complete('topKMeter', options, { k: 5, ...CLASSIFICATION });
  checkNumber('topKMeter', { k }, { min: 1, integer: true });
  const name = `top-${k} accuracy`;
  return classificationMeter('topKMeter', name, rest, () => topK(name, k));
}
