import { layers, sequential } from '@tensorflow/tfjs-layers';
import type { Problem } from '../problem.ts';
import { tuningSeeds } from '../tune.ts';
import { described, mnistStart } from './mnist-start.ts';

const network = (): ReturnType<typeof sequential> =>
  sequential({
    layers: [
      layers.flatten({ inputShape: [28, 28, 1] }),
      layers.dense({ name: 'hidden', units: 64, activation: 'relu', kernelInitializer: 'heNormal' }),
      layers.dense({ name: 'logits', units: 10, kernelInitializer: 'glorotNormal' }),
    ],
  });

const PICTURES = { pictures: 2000, batchSize: 64, judged: 500 };

/** One hidden layer. */
export const mnistMlp: Problem = {
  name: 'mnist-mlp',
  title: 'MNIST, MLP',
  summary: `784-64-10 with ReLU, ${described(PICTURES)}`,
  target: 0.15,
  mostSteps: 300,
  every: 4,
  whole: false,
  tunedOn: tuningSeeds(2),
  effort: 5,
  start: (seed) => mnistStart(network(), PICTURES, seed),
};
