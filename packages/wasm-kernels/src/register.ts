import { checkOneOf, DownhillError } from '@downhill/core';
import {
  engine,
  ExpandDims,
  findBackendFactory,
  getGradient,
  getKernel,
  getKernelsForBackend,
  registerGradient,
  registerKernel,
  Reshape,
  unregisterKernel,
  type GradConfig,
  type KernelBackend,
  type KernelConfig,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import type { TrainingGradient } from './gradients/training-gradient.ts';
import { compileKernels, type KernelModules } from './native.ts';
import { prepareRuntime, runtimeOf, type Runtime } from './runtime.ts';
import { CONVOLUTIONS, type ConvolutionAlgorithm, type Settings } from './settings.ts';
import type { KernelCall, TrainingKernel } from './training-kernel.ts';
import { TRAINING_GRADIENTS } from './training-gradients.ts';
import { TRAINING_KERNELS } from './training-kernels.ts';

const BACKEND = 'wasm';

/** The kernel functions that are ours, so that a second call knows them. */
const ours = new WeakSet<KernelConfig['kernelFunc']>();

/** What the latest call chose. */
let settings: Settings = { convolution: 'winograd' };

let pending: Promise<KernelModules> | undefined;

/** Options of {@link registerWasmTrainingKernels}. */
export interface WasmTrainingKernelsOptions {
  /**
   * How convolutions with filters of 3 x 3 and stride 1 are computed, and their gradients. `'winograd'` makes a quarter of the products
   * where that is faster; its rounding errors are two to six times those of `'direct'`. A call without it leaves what was chosen before.
   *
   * @defaultValue 'winograd'
   */
  convolution?: ConvolutionAlgorithm;
}

/**
 * Makes tfjs's `wasm` backend able to train: registers the kernels that the gradients of convolutions, depthwise convolutions,
 * embeddings and others need and the backend lacks, and fast ones in place of its slow ones, with the same results.
 *
 * Call it once, before or after `tf.ready()`, whichever backend is active; more calls change nothing but what their options name. Other
 * backends keep their kernels.
 *
 * @example
 * import * as tf from '@tensorflow/tfjs';
 * import '@tensorflow/tfjs-backend-wasm';
 * await tf.setBackend('wasm');
 * await registerWasmTrainingKernels();
 *
 * @throws DownhillError `invalid-argument` for another `convolution`; `backend-missing` when `@tensorflow/tfjs-backend-wasm` has not
 * been imported; `unsupported` where the engine has no WebAssembly SIMD or the version of tfjs keeps its memory out of reach.
 */
export async function registerWasmTrainingKernels({ convolution }: WasmTrainingKernelsOptions = {}): Promise<void> {
  if (convolution !== undefined) checkOneOf('registerWasmTrainingKernels', 'convolution', convolution, CONVOLUTIONS);
  if (!findBackendFactory(BACKEND)) throw backendMissing();
  pending ??= compileKernels();
  const modules = await pending.catch((error: unknown) => {
    pending = undefined;
    throw error;
  });
  const backend = engine().registry[BACKEND];
  if (backend !== undefined) await prepareRuntime(backend, modules);
  if (convolution !== undefined) settings = { convolution };
  for (const kernel of TRAINING_KERNELS) register(kernel, modules);
  for (const config of getKernelsForBackend(BACKEND)) letSeeValues(config, modules);
  for (const gradient of TRAINING_GRADIENTS) registerTrainingGradient(gradient);
}

function register(kernel: TrainingKernel, modules: KernelModules): void {
  const { kernelName } = kernel;
  const original = getKernel(kernelName, BACKEND) as KernelConfig | undefined;
  if (original !== undefined && ours.has(original.kernelFunc)) return;
  if (original !== undefined) unregisterKernel(kernelName, BACKEND); // or tfjs warns that it is registered already
  const kernelFunc = kernelFunction(kernel, modules, original);
  ours.add(kernelFunc);
  registerKernel({ ...original, kernelName, backendName: BACKEND, kernelFunc }); // keeps setupFunc, which binds the original
}

function kernelFunction(kernel: TrainingKernel, modules: KernelModules, original: KernelConfig | undefined): KernelConfig['kernelFunc'] {
  return (parameters) => {
    const call = parameters as unknown as KernelCall;
    if (original !== undefined && kernel.takes?.(call, settings) === false) {
      computeInputs(call, runtimeOf(parameters.backend as KernelBackend, modules));
      return original.kernelFunc(parameters);
    }
    return kernel.run(runtimeOf(parameters.backend as KernelBackend, modules), call, settings);
  };
}

/** They do not look at values. */
const SHARE_DATA: ReadonlySet<string> = new Set([ExpandDims, Reshape]);

/**
 * Has a kernel of tfjs find its inputs computed. They would be when it asks where they are, but by then it may hold views of memory, which
 * is gone when computing them makes the memory grow.
 */
function letSeeValues(config: KernelConfig, modules: KernelModules): void {
  if (ours.has(config.kernelFunc) || SHARE_DATA.has(config.kernelName)) return;
  const kernelFunc: KernelConfig['kernelFunc'] = (parameters) => {
    computeInputs(parameters as unknown as KernelCall, runtimeOf(parameters.backend as KernelBackend, modules));
    return config.kernelFunc(parameters);
  };
  ours.add(kernelFunc);
  unregisterKernel(config.kernelName, BACKEND);
  registerKernel({ ...config, kernelFunc });
}

/** Some inputs are optional. */
function computeInputs({ inputs }: KernelCall, { memory }: Runtime): void {
  for (const input of Object.values<TensorInfo | null | undefined>(inputs)) if (input) memory.known(input.dataId)?.address();
}

/** The gradients that are ours, so that a second call knows them. */
const ourGradients = new WeakSet<GradConfig>();

/** Puts a gradient in the place of tfjs's, which other backends keep: tfjs registers gradients for all backends at once. */
function registerTrainingGradient({ kernelName, save, takes, gradient }: TrainingGradient): void {
  const original = getGradient(kernelName) as GradConfig | undefined;
  if (original === undefined || ourGradients.has(original)) return; // without one, nobody trains through this kernel
  const saved = (): Pick<GradConfig, 'inputsToSave' | 'outputsToSave'> => (isActive() ? (save ?? original) : original);
  const config: GradConfig = {
    ...original,
    get inputsToSave() {
      return saved().inputsToSave ?? [];
    },
    get outputsToSave() {
      return saved().outputsToSave ?? [];
    },
    gradFunc(dy, tensors, attributes) {
      const isOurs = isActive() && !isDifferentiatedAgain() && !Array.isArray(dy) && takes?.(dy, tensors, attributes) !== false;
      return isOurs ? gradient(dy, tensors, attributes) : original.gradFunc(dy, tensors, attributes);
    },
  };
  ourGradients.add(config);
  registerGradient(config);
}

/** Whether the gradient itself is on a tape: then it must be made of operations that have gradients. */
const isDifferentiatedAgain = (): boolean => engine().state.gradientDepth > 0;

const isActive = (): boolean => engine().backendName === BACKEND;

function backendMissing(): DownhillError {
  return new DownhillError({
    code: 'backend-missing',
    source: 'registerWasmTrainingKernels',
    problem: 'needs the wasm backend, but none is registered with tfjs',
    advice: "Import '@tensorflow/tfjs-backend-wasm' first.",
  });
}
