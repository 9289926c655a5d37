import { above, below } from '../evidence.ts';
import type { Rule } from '../rule.ts';

export const decayedTooEarly: Rule = {
  name: 'decayed-too-early',
  label: 'lr_decayed_too_early',
  symptom: 'stops where the learning rate was cut, while the loss was still falling: the cut came too early',
  advice: 'Keep the rate up until the loss levels off, and cut it then; a cosine over the whole run does this by itself.',
  required: [below('keptRate', { about: 0.4, within: 0.03 }), below('startLevel', { about: 3, times: 1.2 })],
  evidence: [
    below('keptRate', { about: 0.24, within: 0.02 }),
    above('fallBeforeCut', { about: 0.07, times: 1.4 }),
    above('fallAtFullRate', { about: 0.06, times: 1.5 }),
    above('endLevel', { about: 0.12, times: 1.2 }),
    below('fullEpochs', { about: 8, times: 1.3 }),
    above('stuckShare', { about: 0.6, within: 0.08 }),
    below('noise', { about: 0.003, times: 1.6 }),
    below('gap', { about: 0.12, within: 0.03 }),
  ],
};
