import { above, below } from '../evidence.ts';
import type { Rule } from '../rule.ts';

export const thrownOff: Rule = {
  name: 'thrown-off',
  label: 'lr_too_high',
  symptom: 'leaps up in its first epoch and does not find back: the first steps were far too large, and threw the weights off',
  advice: 'Divide the learning rate by 10, or find one with a range test; a warm-up keeps the first steps small.',
  required: [below('startLevel', { about: 3, times: 1.2 }), below('firstFall', { about: -0.25, within: 0.05 })],
  evidence: [
    below('firstFall', { about: -0.4, within: 0.08 }),
    above('firstLevel', { about: 1.5, times: 1.2 }),
    below('startLevel', { about: 2, times: 1.25 }),
    above('endLevel', { about: 0.4, times: 1.2 }),
  ],
};
