import { DownhillError } from '@downhill/core';
import type { Meter, MeterNeed } from './meter.ts';

const ADVICE: Readonly<Record<MeterNeed, string>> = {
  batch: 'Train with train() of @downhill/training: fit does not show its batches.',
  predictions: "Train with train() of @downhill/training, or measure the validation: of: 'validation'.",
  gradients: 'fit does not show gradients, nor does a rule that takes several a step.',
  gradientNorms: 'Wrap the transform: optimizer(measured(adamw())).',
  updateNorms: 'Wrap the transform: optimizer(measured(adamw())).',
  weightsBefore: 'Train with train() of @downhill/training.',
  validation: 'Pass a validation: to train(), or to meterCallback().',
};

/** @throws DownhillError `unsupported` where a meter would look at what this run does not show. */
export function refuseNeed({ name, needs }: Meter, shown: ReadonlySet<MeterNeed>): void {
  const missing = needs.find((need) => !shown.has(need));
  if (missing === undefined) return;
  throw new DownhillError({
    code: 'unsupported',
    source: name,
    problem: `it looks at \`${missing}\`, which this run does not show`,
    advice: ADVICE[missing],
  });
}
