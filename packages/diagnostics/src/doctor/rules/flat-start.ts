import { above, below } from '../evidence.ts';
import type { Rule } from '../rule.ts';

export const flatStart: Rule = {
  name: 'flat-start',
  label: 'bad_initialization',
  symptom: 'is flat from the start: what is learned does not get through the layers',
  advice:
    'Initialize anew: heNormal for relu, glorotUniform for tanh, with a seed for each layer; no zeros or equal weights but in biases. Look at the activations layer by layer: their variance should neither fade nor grow.',
  required: [above('firstFall', { about: -0.5, within: 0.1 })],
  evidence: [
    below('startOffChance', { about: 0.003, times: 2 }),
    below('earlySpread', { about: 0.02, times: 1.5 }),
    above('flatShare', { about: 0.3, within: 0.07 }),
    above('stuckShare', { about: 0.4, within: 0.1 }),
    above('largestFall', { about: 0.8, within: 0.2 }),
    above('firstFall', { about: -0.03, within: 0.01 }),
  ],
};
