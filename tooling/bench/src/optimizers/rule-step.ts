import { optimizer } from '@downhill/tfjs';
import { registerWasmTrainingKernels } from '@downhill/wasm-kernels';
import { clone, customGrad, scalar } from '@tensorflow/tfjs-core';
import { tfjsNotes, useBackend } from '../backend.ts';
import type { Contender } from '../measure/contender.ts';
import type { WeightsCase } from '../optimizer-step/cases.ts';
import { trainableTensors } from '../optimizer-step/tensors.ts';
import { stepOf } from '../optimizer-step/tfjs.ts';
import { kindOf } from '../rules/bytes.ts';
import type { Rule } from '../rules/rules.ts';

/** A step of a rule on prepared gradients; a rule that looks at the loss itself finds one that costs nothing and has them. */
export async function ruleStep(weights: WeightsCase, { make, learningRate }: Rule): Promise<Contender> {
  await useBackend('wasm');
  await registerWasmTrainingKernels(); // for the matrix products of some rules
  const transform = make(learningRate);
  if (kindOf(transform) !== 'looks at the loss') return stepOf(weights, 'wasm', () => optimizer(transform));
  const { variables, gradients } = trainableTensors(weights);
  const prepared = customGrad(() => ({ value: scalar(0), gradFunc: () => Object.values(gradients).map((gradient) => clone(gradient)) }));
  const trained = optimizer(transform);
  return {
    step: () => void trained.minimize(() => prepared(...variables), false, [...variables]),
    notes: tfjsNotes,
  };
}
