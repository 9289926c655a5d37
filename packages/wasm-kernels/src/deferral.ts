/** Tensors of tfjs's wasm backend whose values come later or stay longer than tfjs knows; with `memory.ts` and `backend-parts.ts` all that knows its insides. */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { outOfMemory, sizeOf, stringTensor, type BackendParts, type TensorData } from './backend-parts.ts';
import { HeldData, type Computation } from './held-data.ts';
import type { WasmMemory } from './memory.ts';

/** Tensors with held data, computed or not. tfjs's way to dispose of a tensor is led past them once there are any. */
export interface Deferral {
  /** A float32 tensor whose values are computed when somebody first looks at them, be it tfjs. */
  readonly deferred: (shape: readonly number[], computation: Computation) => TensorInfo;
  /** Room for values that no tensor has, which whoever asks for it sets now and must release. */
  readonly block: (values: number) => HeldData;
  /** Values that no tensor has, computed like those of {@link Deferral.deferred}; whoever asks for them must release them. */
  readonly unnamed: (values: number, computation: Computation) => HeldData;
  /** Keeps a tensor's data alive, computed or not, until it is released: also when the tensor is disposed of meanwhile. */
  readonly hold: (dataId: object) => HeldData;
  /** A tensor's data where it is held by someone or deferred. */
  readonly known: (dataId: object) => HeldData | undefined;
}

const FLOAT_BYTES = 4;

/**
 * Makes tensors of a backend deferrable.
 *
 * @param backend The one that `memory` is of.
 */
export function deferralIn(backend: BackendParts, { pending }: WasmMemory): Deferral {
  const { dataIdMap, wasm } = backend;
  const held = new WeakMap<object, HeldData>();
  const heap = {
    pending,
    take(bytes: number): number {
      const block = wasm._malloc(bytes) >>> 0;
      if (block === 0 && bytes > 0) throw outOfMemory(bytes);
      return block;
    },
    free: wasm._free,
  };

  let disposeOfOthers: BackendParts['disposeData'] | undefined;
  function keep(dataId: object, data: HeldData): HeldData {
    held.set(dataId, data);
    if (disposeOfOthers === undefined) {
      disposeOfOthers = backend.disposeData.bind(backend);
      backend.disposeData = disposeOf;
    }
    return data;
  }

  function disposeOf(dataId: object, force = false): boolean {
    const data = held.get(dataId);
    const entry = data === undefined || !dataIdMap.has(dataId) ? undefined : dataIdMap.get(dataId);
    if (data === undefined || entry === undefined) return disposeOfOthers?.(dataId, force) ?? true;
    entry.refCount--;
    if (!force && entry.refCount > 0) return false;
    held.delete(dataId);
    if (data.computation === undefined) wasm.tfjs.disposeData(entry.id);
    dataIdMap.delete(dataId);
    data.loseTensor();
    return true;
  }

  return {
    deferred(shape, computation) {
      const id = backend.dataIdNextNumber++;
      const dataId = { id };
      const values = sizeOf(shape);
      const data = HeldData.later(heap, values * FLOAT_BYTES, computation, {
        whenComputed: (address) => wasm.tfjs.registerTensor(id, values, address),
      });
      keep(dataId, data);
      dataIdMap.set(dataId, new DeferredTensorData(id, shape, data));
      return { dataId, shape: [...shape], dtype: 'float32' };
    },
    block: (values) => HeldData.at(heap, heap.take(values * FLOAT_BYTES), false).hold(),
    unnamed: (values, computation) => HeldData.later(heap, values * FLOAT_BYTES, computation).hold(),
    hold(dataId) {
      const known = held.get(dataId);
      if (known !== undefined && dataIdMap.has(dataId)) return known.hold();
      const offset = dataIdMap.get(dataId)?.memoryOffset ?? null;
      if (offset === null) throw stringTensor();
      return keep(dataId, HeldData.at(heap, offset >>> 0, true)).hold();
    },
    known: (dataId) => held.get(dataId),
  };
}

/** What tfjs keeps of a tensor, for one that is not computed yet: it is when tfjs asks where it is. */
class DeferredTensorData implements TensorData {
  readonly shape: readonly number[];
  readonly dtype = 'float32';
  refCount = 1;
  private readonly number: number;
  private readonly data: HeldData;

  constructor(number: number, shape: readonly number[], data: HeldData) {
    this.number = number;
    this.shape = shape;
    this.data = data;
  }

  get id(): number {
    this.data.address();
    return this.number;
  }

  get memoryOffset(): number {
    return this.data.address();
  }
}
