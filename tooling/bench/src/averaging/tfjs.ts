import { add, mul, tidy, train, variable, type Optimizer } from '@tensorflow/tfjs-core';
import { tfjsNotes, useBackend } from '../backend.ts';
import type { Contender } from '../measure/contender.ts';
import type { WeightsCase } from '../optimizer-step/cases.ts';
import { ADAMW } from '../optimizer-step/settings.ts';
import { trainableTensors } from '../optimizer-step/tensors.ts';
import { DECAY } from './settings.ts';

/** tfjs's own Adam, which has no weight decay, and the average as one writes it with tfjs's operations. */
export async function tfjsAverage(weights: WeightsCase): Promise<Contender> {
  await useBackend('wasm');
  const { variables, gradients } = trainableTensors(weights);
  const averages = variables.map((weight) => variable(mul(weight, 1), false));
  const optimizer: Optimizer = train.adam(ADAMW.learningRate, ADAMW.beta1, ADAMW.beta2, ADAMW.epsilon);
  return {
    step() {
      optimizer.applyGradients(gradients);
      tidy(() => {
        for (const [i, weight] of variables.entries()) {
          const average = averages[i];
          average?.assign(add(mul(average, DECAY), mul(weight, 1 - DECAY)));
        }
      });
    },
    notes: tfjsNotes,
  };
}
