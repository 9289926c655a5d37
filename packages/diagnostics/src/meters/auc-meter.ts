import { complete } from '@downhill/core';
import { CLASSIFICATION, classificationMeter } from './classification-meter.ts';
import type { Classified } from './classified.ts';
import { namesOf } from './confusion.ts';
import type { PerClassOptions } from './confusion-meter.ts';
import { scalar, type Measurements, type Meter } from './meter.ts';
import { rocAuc } from './roc-auc.ts';

/** The scores for a class: of its own examples, and of the others. */
function sides(seen: readonly Classified[], k: number): readonly [own: Float64Array, others: Float64Array] {
  const [own, others]: [number[], number[]] = [[], []];
  for (const { classes, labels, scores } of seen)
    for (let i = 0; i < labels.length; i++) (labels[i] === k ? own : others).push(scores[i * classes + k] ?? Number.NaN);
  return [Float64Array.from(own), Float64Array.from(others)];
}

/** One class against the others, for all classes; of two classes the second says it all. */
function areas(seen: readonly Classified[], classNames: readonly string[] | undefined): Measurements {
  const classes = seen[0]?.classes ?? 0;
  const names = namesOf('aucMeter', classes, classNames);
  if (classes === 2) return [scalar('auc', rocAuc(...sides(seen, 1)))];
  const each = names.flatMap((name, k) => {
    const [own, others] = sides(seen, k);
    return own.length === 0 || others.length === 0 ? [] : [[name, rocAuc(own, others)] as const];
  });
  const macro = each.reduce((sum, [, value]) => sum + value, 0) / each.length;
  return [scalar('auc', macro), ...each.map(([name, value]) => scalar(`auc/${name}`, value))];
}

/**
 * The area under the ROC curve, exact, ties counting half: `auc` of two classes; of more the mean over the classes of each against the others,
 * and `auc/cat` of each that has examples on both sides (as scikit-learn's `roc_auc_score` with `multi_class='ovr'`). Cost: no
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
