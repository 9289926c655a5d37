import { DownhillError } from '@downhill/core';
import { Add, Elu, getKernel, LeakyRelu, Prelu, Relu, Relu6, Sigmoid, type NamedAttrMap, type TensorInfo } from '@tensorflow/tfjs-core';
import type { Runtime } from './runtime.ts';

/** What a fused kernel does with the result of its product. */
export interface Epilogue {
  readonly activation?: string;
  readonly leakyreluAlpha?: number;
}

/** tfjs's kernels by the names of activations in fused ops. */
const ACTIVATIONS: Readonly<Record<string, string>> = {
  relu: Relu,
  relu6: Relu6,
  elu: Elu,
  sigmoid: Sigmoid,
  leakyrelu: LeakyRelu,
  prelu: Prelu,
};

/** Adds the bias and applies the activation, by tfjs's own kernels; `result` is used up. */
export function finish(
  { backend }: Runtime,
  result: TensorInfo,
  { bias, preluActivationWeights: alpha }: { readonly bias?: TensorInfo; readonly preluActivationWeights?: TensorInfo },
  { activation = 'linear', leakyreluAlpha = 0 }: Epilogue,
): TensorInfo {
  const apply = (
    kernelName: string,
    inputs: Readonly<Record<string, TensorInfo>>,
    used: TensorInfo,
    attrs: NamedAttrMap = {},
  ): TensorInfo => {
    const out = getKernel(kernelName, 'wasm').kernelFunc({ inputs, attrs, backend });
    backend.disposeData(used.dataId);
    return [out].flat()[0] ?? used;
  };
  const kernelName = ACTIVATIONS[activation];
  if (kernelName === undefined && activation !== 'linear') {
    backend.disposeData(result.dataId);
    throw unknownActivation(activation);
  }
  const biased = bias === undefined ? result : apply(Add, { a: result, b: bias }, result);
  if (kernelName === undefined) return biased;
  return apply(kernelName, alpha === undefined ? { x: biased } : { x: biased, alpha }, biased, { alpha: leakyreluAlpha });
}

function unknownActivation(activation: string): DownhillError {
  return new DownhillError({
    code: 'unsupported',
    source: 'FusedConv2D',
    problem: `\`activation\` must be linear or one of ${Object.keys(ACTIVATIONS).join(', ')}, got '${activation}'`,
  });
}
