/** The native kernels on a memory of their own, of either kind. */
import { GEOMETRY_BYTES, writeGeometry, type Geometry } from '../src/geometry.ts';
import { compileKernels, linkKernels, type NativeKernels } from '../src/native.ts';

const BYTES = 2 ** 24;

export interface Sandbox {
  readonly native: NativeKernels;
  readonly memory: WebAssembly.Memory;
  /** Checks that no kernel wrote where it may not, and starts anew: all memory holds NaN. */
  reset(): void;
  /** Takes bytes, fenced by NaN. */
  take(bytes: number): number;
  put(values: Float32Array | Int32Array | Uint8Array): number;
  putGeometry(geometry: Geometry): number;
  floats(address: number, count: number): Float32Array;
  integers(address: number, count: number): Int32Array;
}

const FENCE = 64;
const NAN_BYTE = 0xff;

/** @param shared Whether the memory is of the kind that threads share. */
export async function sandbox(shared: boolean): Promise<Sandbox> {
  const memory = new WebAssembly.Memory({ initial: BYTES / 2 ** 16, maximum: BYTES / 2 ** 16, shared });
  const native = await linkKernels(await compileKernels(), { memory, shared });
  const bytes = new Uint8Array(memory.buffer);
  bytes.fill(NAN_BYTE);
  let fences: { from: number; to: number }[] = [];
  let top = FENCE;

  const take = (size: number): number => {
    const address = top;
    top = Math.ceil((address + size + FENCE) / FENCE) * FENCE;
    fences.push({ from: address + size, to: top });
    if (top > BYTES) throw new Error('the sandbox is too small');
    return address;
  };
  return {
    native,
    memory,
    reset() {
      for (const { from, to } of fences) {
        if (bytes.subarray(from, to).some((byte) => byte !== NAN_BYTE)) throw new Error('a kernel wrote past its memory');
      }
      fences = [];
      bytes.fill(NAN_BYTE, 0, top);
      top = FENCE;
    },
    take,
    put(values) {
      const address = take(values.byteLength);
      bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), address);
      return address;
    },
    putGeometry(geometry) {
      const address = take(GEOMETRY_BYTES);
      writeGeometry({ memory }, address, geometry);
      return address;
    },
    floats: (address, count) => new Float32Array(memory.buffer, address, count).slice(),
    integers: (address, count) => new Int32Array(memory.buffer, address, count).slice(),
  };
}
