import { above, below } from '../evidence.ts';
import type { Rule } from '../rule.ts';

export const underfitting: Rule = {
  name: 'underfitting',
  label: 'underfitting',
  symptom: 'levels off high with next to no gap between training and validation: the model cannot do more',
  advice: 'A larger model, less weight decay or dropout, better inputs; training on brings nothing.',
  required: [below('startLevel', { about: 3, times: 1.2 }), above('firstFall', { about: -0.5, within: 0.1 })],
  evidence: [
    above('endLevel', { about: 0.3, times: 1.15 }),
    below('gapRatio', { about: 0.2, within: 0.05 }),
    below('lateFall', { about: 0.003, within: 0.001 }),
    below('fallAtFullRate', { about: 0.015, times: 1.5 }),
    below('fallBeforeCut', { about: 0.012, within: 0.004 }),
    below('noise', { about: 0.015, times: 1.5 }),
    below('accuracyGain', { about: 0.11, within: 0.02 }),
    above('fallenByHalf', { about: 0.8, within: 0.04 }),
    below('endLevel', { about: 0.9, times: 1.05 }),
    above('startOffChance', { about: 0.003, times: 2 }),
  ],
};
