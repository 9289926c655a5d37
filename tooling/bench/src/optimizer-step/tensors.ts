import { tensor, variable, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import { noise } from '../noise.ts';
import { sizeOf, type WeightsCase } from './cases.ts';

/** Weights and gradients of a case as tfjs's tensors, on the active backend. */
export interface TrainableTensors {
  readonly variables: readonly Variable[];
  readonly gradients: Readonly<Record<string, Tensor>>;
}

export function trainableTensors({ shapes }: WeightsCase): TrainableTensors {
  const variables = shapes.map((shape, index) => variable(noiseTensor(shape, 0.05), true, `weight${index}`));
  const gradients = Object.fromEntries(variables.map(({ name, shape }) => [name, noiseTensor(shape, 0.01)]));
  return { variables, gradients };
}

const noiseTensor = (shape: readonly number[], scale: number): Tensor => tensor(noise(sizeOf(shape), scale), [...shape]);
