import { cos } from '@downhill/core/math';

/** How a small run is made. */
export interface Recipe {
  /** Hidden units, layer by layer. */
  readonly hidden: readonly number[];
  readonly activation: 'relu' | 'tanh';
  readonly rule: 'sgd' | 'momentum' | 'adam';
  readonly rate: number;
  /** The factor on the rate, by the share of the run that is done. */
  readonly decay: (share: number) => number;
  readonly weightDecay: number;
  readonly batch: number;
  readonly epochs: number;
  /** Training examples. */
  readonly samples: number;
  /** Share of the training labels that are wrong. */
  readonly wrong: number;
  /** What the initial weights are multiplied by. */
  readonly scale: number;
}

export const constant = (): number => 1;
const cosine = (share: number): number => 0.5 * (1 + cos(Math.PI * share));

/** What works on the clouds; a symptom comes of changing some of it. */
export const SENSIBLE: Recipe = {
  hidden: [64],
  activation: 'relu',
  rule: 'adam',
  rate: 3e-3,
  decay: cosine,
  weightDecay: 0,
  batch: 32,
  epochs: 20,
  samples: 1500,
  wrong: 0,
  scale: 1,
};
