/** What we need of tfjs's `BackendWasm`, and what goes wrong with it: shared by `memory.ts` and `deferral.ts`, and not public. */
import { DownhillError } from '@downhill/core';
import type { DataType, TensorInfo } from '@tensorflow/tfjs-core';

/** What we need of tfjs's `BackendWasm`; the fields are not in its public types. */
export interface BackendParts {
  readonly wasm: EmscriptenModule;
  readonly dataIdMap: {
    readonly get: (dataId: object) => TensorData | undefined;
    readonly has: (dataId: object) => boolean;
    readonly set: (dataId: object, data: TensorData) => void;
    readonly delete: (dataId: object) => boolean;
  };
  /** The next tensor's number. */
  dataIdNextNumber: number;
  disposeData: (dataId: object, force?: boolean) => boolean;
  readonly getMemoryOffset: (dataId: object) => number | null;
  readonly makeOutput: (shape: readonly number[], dtype: DataType) => TensorInfo;
}

export interface TensorData {
  readonly id: number;
  readonly shape: readonly number[];
  readonly dtype: DataType;
  /** `null` for strings. */
  readonly memoryOffset: number | null;
  refCount: number;
}

export interface EmscriptenModule {
  readonly _malloc: (bytes: number) => number;
  readonly _free: (address: number) => void;
  readonly tfjs: {
    readonly registerTensor: (id: number, size: number, address: number) => void;
    readonly disposeData: (id: number) => void;
  };
  /** The threaded build's memory. */
  readonly wasmMemory?: unknown;
  /** The exports of the single-threaded build. */
  readonly asm?: { readonly memory?: unknown };
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

export function stringTensor(): DownhillError {
  return new DownhillError({ code: 'unsupported', source: 'wasmMemory', problem: 'a string tensor has no address in WASM memory' });
}

export function outOfMemory(bytes: number): DownhillError {
  return new DownhillError({
    code: 'unsupported',
    source: 'wasmMemory',
    problem: `the wasm backend's memory cannot grow by ${bytes} bytes`,
    advice: 'Take smaller batches, or dispose of tensors that are no longer needed.',
  });
}
