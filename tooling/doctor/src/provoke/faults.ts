import type { Finding } from '@downhill/diagnostics';
import { badInitialization } from './faults/bad-initialization.ts';
import { dataLabelNoise } from './faults/data-label-noise.ts';
import { divergedNan } from './faults/diverged-nan.ts';
import { healthy } from './faults/healthy.ts';
import { lrDecayedTooEarly } from './faults/lr-decayed-too-early.ts';
import { lrTooHigh } from './faults/lr-too-high.ts';
import { lrTooLow } from './faults/lr-too-low.ts';
import { notTrainedLongEnough } from './faults/not-trained-long-enough.ts';
import { overfitting } from './faults/overfitting.ts';
import { plateauNeedsDecay } from './faults/plateau-needs-decay.ts';
import { underfitting } from './faults/underfitting.ts';
import type { Fault } from './faults/fault.ts';

/** What is done to a run, by the finding that it should lead to. */
export const faults: Readonly<Record<Finding, Fault>> = {
  healthy: healthy,
  bad_initialization: badInitialization,
  lr_too_high: lrTooHigh,
  lr_too_low: lrTooLow,
  lr_decayed_too_early: lrDecayedTooEarly,
  plateau_needs_decay: plateauNeedsDecay,
  overfitting: overfitting,
  underfitting: underfitting,
  diverged_nan: divergedNan,
  data_label_noise: dataLabelNoise,
  not_trained_long_enough: notTrainedLongEnough,
};
