import { checkOneOf, checkNumber, complete } from '@downhill/core';
import { aucMeter } from './auc-meter.ts';
import type { OutputKind } from './classified.ts';
import { confusionMeter, f1Meter } from './confusion-meter.ts';
import { distanceMeter } from './distance-meter.ts';
import { epochMeter } from './epoch-meter.ts';
import { gradientNormMeter } from './gradient-norm-meter.ts';
import { histogramMeter } from './histogram-meter.ts';
import { lossMeter } from './loss-meter.ts';
import { memoryMeter } from './memory-meter.ts';
import type { Meter } from './meter.ts';
import { nonFiniteMeter } from './non-finite-meter.ts';
import { scheduleMeter } from './schedule-meter.ts';
import { throughputMeter } from './throughput-meter.ts';
import { accuracyMeter, topKMeter } from './top-k-meter.ts';
import { updateRatioMeter } from './update-ratio-meter.ts';
import { weightNormMeter } from './weight-norm-meter.ts';

export interface CheapMetersOptions {
  /** Whether there are classes to count. @defaultValue 'classification' */
  readonly task?: 'classification' | 'regression';
  /** What a classifier gives. @defaultValue 'logits' */
  readonly from?: OutputKind;
  /** Of the top-k accuracy. @defaultValue 5 */
  readonly k?: number;
  /** @defaultValue the classes' numbers */
  readonly classNames?: readonly string[];
}

/**
 * All meters that cost no pass: what the step computes anyway, and reading the weights. With `measured(...)` around the transform the
 * optimizer's kernel takes the norms.
 *
 * @example
 * const cheap = cheapMeters();
 * cheap.every(({ cost }) => cost.forward + cost.backward === 0); // true
 *
 * @throws DownhillError `invalid-argument` for wrong options.
 */
export function cheapMeters(options: CheapMetersOptions = {}): readonly Meter[] {
  const defaults = { task: 'classification', from: 'logits', k: 5, classNames: undefined as readonly string[] | undefined } as const;
  const { task, from, k, classNames } = complete('cheapMeters', options, defaults);
  checkOneOf('cheapMeters', 'task', task, ['classification', 'regression']);
  checkOneOf('cheapMeters', 'from', from, ['logits', 'probabilities']);
  checkNumber('cheapMeters', { k }, { min: 1, integer: true });
  const perClass = { from, ...(classNames === undefined ? {} : { classNames }) };
  const ofClasses = [accuracyMeter({ from }), topKMeter({ k, from }), confusionMeter(perClass), f1Meter(perClass), aucMeter(perClass)];
  return [
    lossMeter(),
    ...(task === 'classification' ? ofClasses : []),
    epochMeter(),
    scheduleMeter(),
    gradientNormMeter(),
    updateRatioMeter(),
    weightNormMeter(),
    distanceMeter(),
    histogramMeter(),
    histogramMeter({ of: 'gradients' }),
    throughputMeter(),
    memoryMeter(),
    nonFiniteMeter(),
  ];
}
