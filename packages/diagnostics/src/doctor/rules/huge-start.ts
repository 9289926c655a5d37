import { above } from '../evidence.ts';
import type { Rule } from '../rule.ts';

export const hugeStart: Rule = {
  name: 'huge-start',
  label: 'bad_initialization',
  symptom: 'begins with a loss far above that of guessing, which has to be worked off first: the initial weights are too large',
  advice:
    'Initialize with smaller weights (heNormal for relu, glorotUniform for tanh) and check that the first loss is that of guessing, log(classes).',
  required: [above('startLevel', { about: 1.7, times: 1.12 })],
  evidence: [
    above('startLevel', { about: 2, times: 1.25 }),
    above('startLevel', { about: 4, times: 1.25 }),
    above('firstFall', { about: -0.1, within: 0.1 }),
  ],
};
