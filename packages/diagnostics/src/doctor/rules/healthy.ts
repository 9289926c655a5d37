import { above, below } from '../evidence.ts';
import type { Rule } from '../rule.ts';

export const healthy: Rule = {
  name: 'healthy',
  label: 'healthy',
  symptom: 'falls, levels off and keeps a small gap',
  advice:
    'Nothing is wrong with the curves. For more, try a larger model with more regularization, augmentation, or an average of the weights.',
  required: [below('startLevel', { about: 3, times: 1.2 }), above('firstFall', { about: -0.5, within: 0.1 })],
  evidence: [
    below('endLevel', { about: 0.25, times: 1.2 }),
    below('gap', { about: 0.15, within: 0.03 }),
    below('validationRise', { about: 0.15, within: 0.04 }),
    above('fallenByHalf', { about: 0.85, within: 0.04 }),
    above('keptRate', { about: 0.24, within: 0.02 }),
    below('lateShare', { about: 0.05, within: 0.02 }),
    below('startLevel', { about: 2, times: 1.2 }),
  ],
};
