import type { Key } from '@downhill/core';
import {
  alphaDropout,
  classicDropout,
  dropBlock,
  dropConnect,
  dropout,
  gaussianDropout,
  gaussianNoise,
  spatialDropout,
} from '@downhill/regularization';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Drop, RegularizationState } from './regularization-state.ts';

type Numbers = Pick<RegularizationState, 'rate' | 'block'>;
type Dropping = (x: Tensor4D, numbers: Numbers, key: Key) => Tensor4D;

/** The package's functions, called alike. */
export const DROPPING: Readonly<Record<Drop, Dropping>> = {
  dropout: (x, { rate }, key) => dropout(x, { rate, key }),
  classicDropout: (x, { rate }, key) => classicDropout(x, { rate, key, training: true }),
  spatialDropout: (x, { rate }, key) => spatialDropout(x, { rate, key }),
  dropBlock: (x, { rate, block }, key) => dropBlock(x, { rate, key, blockSize: block }),
  dropConnect: (x, { rate }, key) => dropConnect(x, { rate, key }),
  gaussianDropout: (x, { rate }, key) => gaussianDropout(x, { rate, key }),
  gaussianNoise: (x, { rate }, key) => gaussianNoise(x, { standardDeviation: rate, key }),
  alphaDropout: (x, { rate }, key) => alphaDropout(x, { rate, key }),
};

/** Whether it is weights that are dropped, not activations. */
export const isOnWeights = (drop: Drop): boolean => drop === 'dropConnect';
