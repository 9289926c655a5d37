import type { StepReport } from '@downhill/core';
import type { NamedVariable, Step } from '@downhill/training';
import { clone, dispose, tidy, type NamedTensorMap, type Optimizer, type Tensor } from '@tensorflow/tfjs-core';
import { isMeasured, normsFromKernel } from './measured.ts';
import type { AfterStep, MeterNeed } from './meter.ts';
import { normsByHand } from './norms-by-hand.ts';
import type { TensorNorms } from './tensor-norms.ts';

const NOTHING: ReadonlyMap<string, Tensor> = new Map();

/** Makes the moments that meters look at, and holds the weights from before a step where one needs them. */
export interface Moments {
  /** Whether the optimizer's kernel takes the norms. */
  readonly measured: boolean;
  /** Whether what the kernel takes is looked at. */
  readsKernel(needs: ReadonlySet<MeterNeed> | undefined): boolean;
  /** Copies nothing: the weights' storage is shared until the step replaces it. */
  holdWeights(needs: ReadonlySet<MeterNeed>): void;
  after(report: StepReport, step: Step): AfterStep;
  letGo(): void;
}

export function moments(optimizer: Optimizer, variables: readonly NamedVariable[]): Moments {
  const measured = isMeasured(optimizer, variables);
  let weightsBefore = NOTHING;
  const byPlace = (tensors: NamedTensorMap): ReadonlyMap<string, Tensor> =>
    new Map(variables.flatMap(({ key, variable: { name } }) => (tensors[name] === undefined ? [] : [[key, tensors[name]] as const])));
  return {
    measured,
    readsKernel: (needs) => measured && (needs?.has('gradientNorms') === true || needs?.has('updateNorms') === true),
    holdWeights(needs) {
      if (!needs.has('weightsBefore') && (measured || !needs.has('updateNorms'))) return;
      const copies = tidy(() => variables.map(({ variable }) => clone(variable)));
      weightsBefore = new Map(copies.map((copy, i) => [variables[i]?.key ?? '', copy]));
    },
    after(report, step) {
      const gradients = byPlace(step.gradients);
      const held = weightsBefore;
      let norms: Promise<ReadonlyMap<string, TensorNorms>> | undefined;
      const find = async (): Promise<ReadonlyMap<string, TensorNorms>> =>
        measured ? normsFromKernel(await step.statistics(), variables) : normsByHand(variables, gradients, held);
      let values: Promise<ReadonlyMap<string, ArrayLike<number>>> | undefined;
      const read = async (): Promise<ReadonlyMap<string, ArrayLike<number>>> =>
        new Map(await Promise.all(variables.map(async ({ key, variable }) => [key, await variable.data()] as const)));
      return {
        report,
        values: () => (values ??= read()),
        gradients,
        weightsBefore: held,
        norms: () => (norms ??= find()),
        get batch() {
          return step.batch;
        },
        get predictions() {
          return step.predictions;
        },
      };
    },
    letGo() {
      dispose([...weightsBefore.values()]);
      weightsBefore = NOTHING;
    },
  };
}
