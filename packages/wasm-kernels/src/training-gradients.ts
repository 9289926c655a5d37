import { batchNormGradient } from './gradients/batch-norm.ts';
import { meanGradient, sumGradient } from './gradients/reduce.ts';
import { clipGradient, reluGradient } from './gradients/relu.ts';
import type { TrainingGradient } from './gradients/training-gradient.ts';

/** All gradients that `registerWasmTrainingKernels` brings. */
export const TRAINING_GRADIENTS: readonly TrainingGradient[] = [batchNormGradient, clipGradient, meanGradient, reluGradient, sumGradient];
