import { above, below } from '../evidence.ts';
import type { Rule } from '../rule.ts';

export const overfitting: Rule = {
  name: 'overfitting',
  label: 'overfitting',
  symptom: 'learns its training data by heart: the training loss goes on falling while the validation loss turns up',
  advice:
    'More data or augmentation, dropout or weight decay, a smaller network, or stop at the epoch where the validation loss was least.',
  required: [
    above('gap', { about: 0.05, within: 0.01 }),
    above('validationRise', { about: 0.05, within: 0.01 }),
    below('startLevel', { about: 3, times: 1.2 }),
  ],
  evidence: [
    above('validationRise', { about: 0.18, within: 0.04 }),
    above('gapRatio', { about: 1.6, within: 0.25 }),
    above('gap', { about: 0.18, within: 0.04 }),
    above('sinceBest', { about: 0.5, within: 0.08 }),
    below('endLevel', { about: 0.15, times: 1.3 }),
    below('accuracyGain', { about: -0.1, within: 0.03 }),
    below('validationFall', { about: 0, within: 0.004 }),
    below('aboveBest', { about: 0.3, within: 0.1 }),
  ],
};
