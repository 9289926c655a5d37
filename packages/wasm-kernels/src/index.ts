export { registerWasmTrainingKernels } from './register.ts';
