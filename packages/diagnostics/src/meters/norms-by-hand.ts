import type { NamedVariable } from '@downhill/training';
import type { Tensor } from '@tensorflow/tfjs-core';
import { distance, norm, type TensorNorms } from './tensor-norms.ts';

/** The norms where no kernel takes them: of the tensors themselves. What is not there to look at gives NaN. */
export async function normsByHand(
  variables: readonly NamedVariable[],
  gradients: ReadonlyMap<string, Tensor>,
  weightsBefore: ReadonlyMap<string, Tensor>,
): Promise<ReadonlyMap<string, TensorNorms>> {
  const read = async ({ key, variable }: NamedVariable): Promise<[string, TensorNorms]> => {
    const [gradient, before, after] = await Promise.all([gradients.get(key)?.data(), weightsBefore.get(key)?.data(), variable.data()]);
    const norms = {
      gradient: gradient === undefined ? Number.NaN : norm(gradient),
      update: before === undefined ? Number.NaN : distance(before, after),
      weight: norm(before ?? after),
    };
    return [key, norms];
  };
  return new Map(await Promise.all(variables.map(read)));
}
