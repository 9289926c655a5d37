import type { DataType, TensorInfo } from '@tensorflow/tfjs-core';
import type { HeldData } from './held-data.ts';
import type { Runtime } from './runtime.ts';

/** A new tensor whose values `write` sets, at an address; it is given back when that throws. */
export function resultOf(
  { backend, memory }: Pick<Runtime, 'backend' | 'memory'>,
  shape: readonly number[],
  dtype: DataType,
  write: (address: number, result: TensorInfo) => void,
): TensorInfo {
  const result = memory.uninitialized(shape, dtype);
  try {
    write(memory.address(result.dataId), result);
  } catch (error) {
    backend.disposeData(result.dataId);
    throw error;
  }
  return result;
}

/** Runs `use` with the data of tensors held, and lets go of it also when that throws. */
export function holding<const Tensors extends readonly TensorInfo[]>(
  { memory }: Pick<Runtime, 'memory'>,
  tensors: Tensors,
  use: (held: { readonly [I in keyof Tensors]: HeldData }) => void,
): void {
  const held = tensors.map(({ dataId }) => memory.hold(dataId));
  try {
    use(held as { readonly [I in keyof Tensors]: HeldData });
  } finally {
    for (const data of held) data.release();
  }
}
