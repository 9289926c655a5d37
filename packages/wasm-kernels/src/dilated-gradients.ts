import {
  Conv2D,
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  DepthwiseConv2dNative,
  DepthwiseConv2dNativeBackpropFilter,
  DepthwiseConv2dNativeBackpropInput,
  engine,
  getBackend,
  getGradient,
  registerGradient,
  unregisterGradient,
  type GradConfig,
  type NamedAttrMap,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { pair } from './geometry.ts';

interface DilatedGradient {
  readonly kernelName: string;
  readonly byInput: string;
  readonly byFilter: string;
}

const DILATED: readonly DilatedGradient[] = [
  { kernelName: Conv2D, byInput: Conv2DBackpropInput, byFilter: Conv2DBackpropFilter },
  { kernelName: DepthwiseConv2dNative, byInput: DepthwiseConv2dNativeBackpropInput, byFilter: DepthwiseConv2dNativeBackpropFilter },
];

const ours = new WeakSet<GradConfig['gradFunc']>();

/**
 * Lets gradients flow through dilated convolutions on wasm: tfjs-core refuses them before it asks a kernel. A gradient is
 * registered for all backends at once, so tfjs's own stays in charge of everything else.
 */
export function registerDilatedGradients(backendName: string): void {
  for (const { kernelName, byInput, byFilter } of DILATED) {
    const original = getGradient(kernelName) as GradConfig | undefined; // none where only parts of tfjs-core are used
    if (original === undefined || ours.has(original.gradFunc)) continue;
    const gradFunc: GradConfig['gradFunc'] = (dy, saved, attrs) =>
      getBackend() === backendName && isDilated(attrs)
        ? dilatedGradients({ kernelName, byInput, byFilter }, dy as Tensor, saved, attrs)
        : original.gradFunc(dy, saved, attrs);
    ours.add(gradFunc);
    unregisterGradient(kernelName); // or tfjs warns that it is overridden
    registerGradient({ ...original, gradFunc });
  }
}

function isDilated({ dilations }: NamedAttrMap): boolean {
  return pair((dilations as [number, number] | number | null | undefined) ?? 1).some((dilation) => dilation > 1);
}

function dilatedGradients(
  { byInput, byFilter }: DilatedGradient,
  dy: Tensor,
  saved: readonly Tensor[],
  attrs: NamedAttrMap,
): NamedGradientMap {
  const [x, filter] = saved;
  if (x === undefined || filter === undefined) return {};
  const run = (kernelName: string, inputs: Record<string, Tensor>, shape: NamedAttrMap): Tensor =>
    engine().runKernel<Tensor>(kernelName, inputs, { ...attrs, ...shape });
  return {
    x: () => run(byInput, { dy, filter }, { inputShape: x.shape }),
    filter: () => run(byFilter, { x, dy }, { filterShape: filter.shape }),
  };
}
