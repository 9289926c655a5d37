import { above, below } from '../evidence.ts';
import type { Rule } from '../rule.ts';

export const plateau: Rule = {
  name: 'plateau',
  label: 'plateau_needs_decay',
  symptom: 'began well and now jitters about a plateau: at this rate the steps jump over what is left to gain',
  advice: 'Cut the learning rate by 10 now, or let a schedule decay it (cosine, step, reduceOnPlateau).',
  required: [below('startLevel', { about: 3, times: 1.2 }), above('firstFall', { about: -0.5, within: 0.1 })],
  evidence: [
    above('keptRate', { about: 0.85, within: 0.04 }),
    above('noise', { about: 0.04, times: 1.4 }),
    above('noiseLevel', { about: 0.008, times: 1.4 }),
    above('validationNoise', { about: 0.06, times: 1.4 }),
    below('lateFall', { about: 0.012, within: 0.004 }),
    above('firstFall', { about: 0.25, within: 0.06 }),
    above('endLevel', { about: 0.07, times: 1.25 }),
    below('endLevel', { about: 0.5, times: 1.15 }),
    below('fallingPairs', { about: 0.8, within: 0.05 }),
    below('gapRatio', { about: 0.9, within: 0.12 }),
    above('fallenByHalf', { about: 0.8, within: 0.05 }),
  ],
};
