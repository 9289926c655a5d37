import { above, below } from '../evidence.ts';
import type { Rule } from '../rule.ts';

export const rateTooHigh: Rule = {
  name: 'rate-too-high',
  label: 'lr_too_high',
  symptom: 'stays high and jumps about: the steps are too large to settle',
  advice: 'Divide the learning rate by 10, or find one with a range test; warm it up if only the beginning is unstable.',
  required: [below('startLevel', { about: 3, times: 1.2 })],
  evidence: [
    below('firstFall', { about: -0.05, within: 0.1 }),
    above('firstLevel', { about: 1.25, times: 1.15 }),
    above('endLevel', { about: 0.8, times: 1.2 }),
    above('noiseLevel', { about: 0.02, times: 1.6 }),
    above('aboveBest', { about: 0.15, within: 0.05 }),
    below('fallingPairs', { about: 0.7, within: 0.06 }),
    above('largestRise', { about: 0.2, within: 0.06 }),
    above('validationNoise', { about: 0.06, times: 1.6 }),
    below('startLevel', { about: 2, times: 1.2 }),
  ],
};
