import { tensor } from '@tensorflow/tfjs-core';
import { layers, sequential, type Sequential } from '@tensorflow/tfjs-layers';
import type { TrainCase } from '../train-case.ts';

const BATCH = 64;
const SEQUENCE = 40;
const WORDS = 10_000;
/** Steps through the vocabulary so that words repeat seldom; a prime. */
const STRIDE = 7919;

/** A recurrent network over words. */
export const lstm: TrainCase = {
  name: 'lstm',
  batch: BATCH,
  input: [SEQUENCE],
  inputs: () =>
    tensor(
      Array.from({ length: BATCH * SEQUENCE }, (_, index) => (index * STRIDE) % WORDS),
      [BATCH, SEQUENCE],
      'int32',
    ),
  classes: 100,
  peers: ['PyTorch', 'PyTorch tuned', 'tfjs wasm', 'wasm peak'],
  build: (): Sequential =>
    sequential({
      layers: [
        layers.embedding({ inputDim: WORDS, outputDim: 64, inputLength: SEQUENCE }),
        layers.lstm({ units: 128, recurrentInitializer: 'glorotNormal' }), // the default takes a while to make, and trains at the same pace
        layers.dense({ units: 100 }),
      ],
    }),
};
