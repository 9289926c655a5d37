import type { Tensor } from '@tensorflow/tfjs-core';

interface CpuBackend {
  readonly data: { get(dataId: object): { readonly values?: unknown } | undefined; has(dataId: object): boolean };
}

/** Whether this is tfjs's cpu backend with its arrays in reach (4.22: `backend.data.get(dataId).values`). */
export function isCpuBackend(backend: unknown): backend is CpuBackend {
  if (typeof backend !== 'object' || backend === null || !('data' in backend)) return false;
  const { data } = backend as Partial<CpuBackend>;
  return (
    typeof data === 'object' &&
    typeof data.get === 'function' &&
    typeof data.has === 'function' &&
    !('wasm' in backend) &&
    !('gpgpu' in backend) &&
    !('device' in backend)
  );
}

/** The very array that holds a tensor's values: what is written there is in the tensor. */
export function valuesOf(backend: CpuBackend, { dataId }: Pick<Tensor, 'dataId'>): Float32Array {
  const values = backend.data.get(dataId)?.values;
  if (values instanceof Float32Array) return values;
  throw new TypeError('the cpu backend of tfjs keeps float32 tensors otherwise than 4.22 did');
}

/** A tensor's values for reading: a tensor that was cast from integers or booleans still has theirs, in their own kind of array. */
export function readValuesOf(backend: CpuBackend, tensor: Pick<Tensor, 'dataId'>): Float32Array {
  const values = backend.data.get(tensor.dataId)?.values;
  return values instanceof Int32Array || values instanceof Uint8Array ? Float32Array.from(values) : valuesOf(backend, tensor);
}
