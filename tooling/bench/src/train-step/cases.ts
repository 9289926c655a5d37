import { convnet } from './cases/convnet.ts';
import type { TrainCase } from './train-case.ts';

/** The cases of `train-step`. */
export const trainCases: readonly TrainCase[] = [convnet];
