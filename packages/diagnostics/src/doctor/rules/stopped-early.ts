import { above, below } from '../evidence.ts';
import type { Rule } from '../rule.ts';

export const stoppedEarly: Rule = {
  name: 'stopped-early',
  label: 'not_trained_long_enough',
  symptom: 'is still falling fast at its end: it was stopped too early',
  advice: 'Train on, at least twice as long, and decay the rate only when the loss levels off.',
  required: [below('startLevel', { about: 3, times: 1.2 }), above('firstFall', { about: -0.5, within: 0.1 })],
  evidence: [
    above('lateFall', { about: 0.025, times: 1.3 }),
    above('validationFall', { about: 0.025, times: 1.3 }),
    below('sinceBest', { about: 0.06, within: 0.02 }),
    above('keptRate', { about: 0.8, within: 0.05 }),
    above('endLevel', { about: 0.11, times: 1.2 }),
    above('fallingPairs', { about: 0.92, within: 0.03 }),
    above('flatShare', { about: 0.1, within: 0.02 }),
    above('firstFall', { about: 0.02, within: 0.005 }),
    below('stuckShare', { about: 0.2, within: 0.05 }),
    below('endLevel', { about: 0.9, times: 1.05 }),
  ],
};
