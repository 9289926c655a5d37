import { FASHION_SPLIT, prepareFashionMnist } from '../data/fashion-mnist.ts';
import type { Experiment } from '../experiment.ts';
import { ACCURACY, HELD_OUT_LOSS, TRAINING_LOSS } from '../quantities.ts';
import { planOf, type Settings } from './settings.ts';

type Own = 'name' | 'summary' | 'question' | 'notes' | 'train' | 'shownIn' | 'columns' | 'seeds' | 'pictures';

/** What tells one experiment on a part of Fashion-MNIST from another. */
export interface FashionExperiment<Arm> extends Pick<Experiment, Own> {
  /** What each arm does, by name; the others are compared with the first. */
  readonly arms: Readonly<Record<string, Arm>>;
  readonly size: Settings<Arm>['size'];
  /** What is measured. @defaultValue accuracy and loss of held-out pictures, and the loss of the last epoch */
  readonly quantities?: Experiment['quantities'];
  /** How many times the plan's steps an arm trains for. @defaultValue once */
  readonly trainings?: (arm: Arm) => number;
}

const NETWORK =
  'A residual convnet of 24 channels: a convolution of 3 x 3, two blocks of two convolutions on maps of 14 x 14 and 7 x 7, a dense layer of 128; no batch normalization. SGD with Nesterov momentum 0.9, a learning rate of 0.05 after a warm-up of a twentieth, then a cosine to 0; `wasm` backend.';
const SAME_STEPS = 'All arms are given as many steps.';

const QUANTITIES = [
  { name: ACCURACY, format: 'share' },
  { name: HELD_OUT_LOSS, format: 'number' },
  { name: TRAINING_LOSS, format: 'number' },
] as const;

/** An experiment whose arms train one small network on a few pictures of Fashion-MNIST. */
export function fashionExperiment<Arm>(definition: FashionExperiment<Arm>): Experiment {
  const { arms, size, notes, quantities = QUANTITIES, trainings, ...rest } = definition;
  const [baseline = '', ...others] = Object.keys(arms);
  const data = `fashion-mnist 1.1.0, split ${FASHION_SPLIT.seed}`;
  const settings: Settings<Arm> = { size, epochs: 40, batchSize: 50, learningRate: 0.05, arms, data };
  return {
    ...rest,
    ...(trainings === undefined ? {} : { trainings: (arm) => trainings(arms[arm] as Arm) }),
    notes: [trainings === undefined ? `${NETWORK} ${SAME_STEPS}` : NETWORK, ...notes],
    arms: [baseline, ...others],
    quantities,
    dataSets: [{ name: 'fashion-mnist', title: 'A part of Fashion-MNIST', plan: (quick) => planOf(settings, quick) }],
    prepare: (_, watch) => prepareFashionMnist(watch),
  };
}
