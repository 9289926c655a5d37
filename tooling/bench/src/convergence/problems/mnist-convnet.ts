import { digitsModel } from '@downhill/demo/recipe';
import type { Problem } from '../problem.ts';
import { tuningSeeds } from '../tune.ts';
import { described, mnistStart } from './mnist-start.ts';

const PICTURES = { pictures: 1000, batchSize: 32, judged: 200 };

/** The convnet of `npm start`. */
export const mnistConvnet: Problem = {
  name: 'mnist-convnet',
  title: 'MNIST, convnet',
  summary: `the convnet of \`npm start\`, ${described(PICTURES)}`,
  target: 0.2,
  mostSteps: 150,
  every: 4,
  whole: false,
  tunedOn: tuningSeeds(2),
  effort: 17,
  start: (seed) => mnistStart(digitsModel(0), PICTURES, seed),
};
