import { convolutionAlgorithms } from './convolution-algorithms/experiment.ts';
import type { Experiment } from './experiment.ts';

/** Every experiment that `npm run experiment` knows. */
export const experiments: readonly Experiment[] = [convolutionAlgorithms];
