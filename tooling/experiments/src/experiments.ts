import { augmentationGain } from './augmentation-gain/experiment.ts';
import { convolutionAlgorithms } from './convolution-algorithms/experiment.ts';
import { ensembles } from './ensembles/experiment.ts';
import type { Experiment } from './experiment.ts';
import { generalization } from './generalization/experiment.ts';

/** Every experiment that `npm run bench` knows. */
export const experiments: readonly Experiment[] = [augmentationGain, convolutionAlgorithms, ensembles, generalization];
