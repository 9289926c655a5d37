import { train, type Optimizer } from '@tensorflow/tfjs-core';
import { tfjsNotes, useBackend, type BackendName } from '../backend.ts';
import type { Contender } from '../measure/contender.ts';
import type { WeightsCase } from './cases.ts';
import { ADAMW } from './settings.ts';
import { trainableTensors } from './tensors.ts';

/** tfjs's own Adam. It has no weight decay, so it does a little less than the others. */
export const tfjsAdam = (weights: WeightsCase, backend: BackendName): Promise<Contender> =>
  stepOf(weights, backend, () => train.adam(ADAMW.learningRate, ADAMW.beta1, ADAMW.beta2, ADAMW.epsilon));

/** Applies prepared gradients with any optimizer of tfjs's kind. */
export async function stepOf(weights: WeightsCase, backend: BackendName, makeOptimizer: () => Optimizer): Promise<Contender> {
  await useBackend(backend);
  const { gradients } = trainableTensors(weights);
  const optimizer = makeOptimizer();
  return { step: () => optimizer.applyGradients(gradients), notes: tfjsNotes };
}
