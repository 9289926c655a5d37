import { cos } from '@downhill/core/math';
import { smallDigits, type Settings } from '@downhill/doctor/provoke';

const CLASSES = 10;
const SEED = 1;

type Decay = Pick<Settings, 'decay' | 'decayName'>;

export const constant: Decay = { decayName: 'constant', decay: () => 1 };
const cosine: Decay = { decayName: 'cosine', decay: (share) => 0.5 * (1 + cos(Math.PI * share)) };

/** Settings that work: what every run of the gallery begins with. */
export const sensible: Settings = {
  task: smallDigits(SEED, CLASSES),
  hidden: [64],
  filters: 0,
  activation: 'relu',
  loss: 'cross_entropy',
  rule: 'adam',
  rate: 3e-3,
  ...cosine,
  batch: 32,
  epochs: 16,
  samples: 3000,
  wrong: 0,
  scale: 1,
  weightDecay: 0,
  dropout: 0,
  seed: SEED,
};
