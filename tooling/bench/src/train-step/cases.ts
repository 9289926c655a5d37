import { convnet } from './cases/convnet.ts';
import { lstm } from './cases/lstm.ts';
import { mlp } from './cases/mlp.ts';
import { resnet20 } from './cases/resnet20.ts';
import { separable } from './cases/separable.ts';
import type { TrainCase } from './train-case.ts';

/** The cases of `train-step`. */
export const trainCases: readonly TrainCase[] = [convnet, resnet20, mlp, separable, lstm];
