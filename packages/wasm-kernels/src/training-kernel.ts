import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Runtime } from './runtime.ts';
import type { Settings } from './settings.ts';

/** What tfjs hands to a kernel. */
export interface KernelCall<Input extends string = string, Attributes = unknown> {
  readonly inputs: Readonly<Record<Input, TensorInfo>>;
  readonly attrs: Attributes;
}

/** A kernel of ours for tfjs's wasm backend. */
export interface TrainingKernel<Input extends string = string, Attributes = unknown> {
  /** tfjs's name of the kernel. */
  readonly kernelName: string;
  /** Whether a call is for us where tfjs has a kernel of its own, which gets the others. Left out: all are. */
  takes?(call: KernelCall<Input, Attributes>, settings: Settings): boolean;
  run(runtime: Runtime, call: KernelCall<Input, Attributes>, settings: Settings): TensorInfo | TensorInfo[];
}
