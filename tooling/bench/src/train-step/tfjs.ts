import { train } from '@tensorflow/tfjs-core';
import type { BackendName } from '../backend.ts';
import type { Contender } from '../measure/contender.ts';
import { ADAMW } from '../optimizer-step/settings.ts';
import type { TrainCase } from './train-case.ts';
import { trainer } from './trainer.ts';

/** tfjs alone, with its own Adam. */
export const tfjsTrainer = (trainCase: TrainCase, backend: BackendName): Promise<Contender> =>
  trainer(trainCase, backend, () => Promise.resolve(train.adam(ADAMW.learningRate, ADAMW.beta1, ADAMW.beta2, ADAMW.epsilon)));
