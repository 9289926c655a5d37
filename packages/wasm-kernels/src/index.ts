export { registerWasmTrainingKernels, type WasmTrainingKernelsOptions } from './register.ts';
export type { ConvolutionAlgorithm } from './settings.ts';
