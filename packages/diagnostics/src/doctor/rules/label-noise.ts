import { above, below } from '../evidence.ts';
import type { Rule } from '../rule.ts';

export const labelNoise: Rule = {
  name: 'label-noise',
  label: 'data_label_noise',
  symptom: 'does better on validation data than on its training data: part of the training labels look wrong',
  advice:
    'Look at the training examples with the largest losses, and mend or drop the labels that are wrong; label smoothing and stopping early limit the harm. Strong dropout or augmentation looks the same: measure the training accuracy without it.',
  required: [above('accuracyGain', { about: 0.04, within: 0.01 }), below('startLevel', { about: 3, times: 1.2 })],
  evidence: [
    above('accuracyGain', { about: 0.11, within: 0.02 }),
    above('earlyAccuracyGain', { about: 0.13, within: 0.02 }),
    below('gapRatio', { about: -0.1, within: 0.05 }),
    above('endLevel', { about: 0.35, times: 1.2 }),
    above('unsure', { about: 0.13, within: 0.03 }),
    below('trainAccuracy', { about: 0.7, within: 0.06 }),
    below('lateFall', { about: 0.02, within: 0.005 }),
  ],
};
