import { complete } from '@downhill/core';
import { CLASSIFICATION, classificationMeter } from './classification-meter.ts';
import type { Classified } from './classified.ts';
import { namesOf } from './confusion.ts';
import type { PerClassOptions } from './confusion-meter.ts';
import { scalar, type Measurements, type Meter } from './meter.ts';
import { rocAuc } from './roc-auc.ts';

/** One class against the others, for all classes; of two classes the second says it all. */
function areas(seen: readonly Classified[], classNames: readonly string[] | undefined): Measurements {
  const classes = seen[0]?.classes ?? 0;
  const labels = seen.flatMap((batch) => Array.from(batch.labels));
  const ofClass = (k: number): number =>
    rocAuc(
      seen.flatMap(({ labels: { length }, scores }) => Array.from({ length }, (_, i) => scores[i * classes + k] ?? Number.NaN)),
      (i) => labels[i] === k,
    );
  const names = namesOf('aucMeter', classes, classNames);
  if (classes === 2) return [scalar('auc', ofClass(1))];
  const twoSided = (k: number): boolean => labels.includes(k) && labels.some((label) => label !== k);
  const each = names.flatMap((name, k) => (twoSided(k) ? [[name, ofClass(k)] as const] : []));
  const macro = each.reduce((sum, [, value]) => sum + value, 0) / each.length;
  return [scalar('auc', macro), ...each.map(([name, value]) => scalar(`auc/${name}`, value))];
}

/**
 * The area under the ROC curve, exact, ties counting half: `auc` of two classes; of more the mean over the classes of each against the others,
 * and `auc/cat` of each that has examples on both sides (as scikit-learn's `roc_auc_score` with `multi_class='ovr'`, from probabilities). Cost: no
 * pass; over a validation it keeps all scores until its end.
 *
 * @example
 * const ranking = aucMeter({ of: 'validation' });
 * ranking.needs; // ['validation']
 *
 * @throws DownhillError `invalid-argument` for wrong options.
 */
export function aucMeter(options: PerClassOptions = {}): Meter {
  const { classNames, ...rest } = complete('aucMeter', options, {
    ...CLASSIFICATION,
    classNames: undefined as readonly string[] | undefined,
  });
  return classificationMeter('aucMeter', 'auc', rest, () => {
    const seen: Classified[] = [];
    return {
      add: (examples) => void seen.push({ ...examples, labels: Float64Array.from(examples.labels) }),
      result: () => areas(seen, classNames),
    };
  });
}
