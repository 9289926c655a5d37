import { below } from '../evidence.ts';
import type { Rule } from '../rule.ts';

export const thrownOff: Rule = {
  name: 'thrown-off',
  label: 'lr_too_high',
  symptom: 'leaps up in its first epoch: the first steps are far too large and throw the weights off',
  advice: 'Divide the learning rate by 10, or find one with a range test; a warm-up keeps the first steps small.',
  required: [below('startLevel', { about: 3, times: 1.2 }), below('firstFall', { about: -0.25, within: 0.05 })],
  evidence: [],
};
