import { above, below } from '../evidence.ts';
import type { Rule } from '../rule.ts';

export const rateTooLow: Rule = {
  name: 'rate-too-low',
  label: 'lr_too_low',
  symptom: 'falls slowly and steadily, and is still far up at the end: the steps are too small',
  advice: 'Multiply the learning rate by 10, and again while the loss stays steady; a range test shows how far.',
  required: [
    below('startLevel', { about: 3, times: 1.2 }),
    above('firstFall', { about: -0.5, within: 0.1 }),
    below('accuracyGain', { about: 0.15, within: 0.02 }),
  ],
  evidence: [
    below('firstFall', { about: 0.025, within: 0.008 }),
    above('endLevel', { about: 0.45, times: 1.15 }),
    above('fallingPairs', { about: 0.9, within: 0.03 }),
    below('fallAtFullRate', { about: 0.03, times: 1.4 }),
    above('lateShare', { about: 0.15, within: 0.04 }),
    below('largestFall', { about: 0.06, times: 1.5 }),
    below('sinceBest', { about: 0.1, within: 0.03 }),
    above('lateFall', { about: 0.001, times: 1.5 }),
    above('startOffChance', { about: 0.003, times: 2 }),
    above('keptRate', { about: 0.7, within: 0.06 }),
    below('noise', { about: 0.01, times: 1.6 }),
  ],
};
