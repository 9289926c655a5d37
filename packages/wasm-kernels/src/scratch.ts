import type { WasmMemory } from './memory.ts';

/** Working space of kernels in WASM memory, reused from call to call. */
export interface Scratch {
  /** Calls `use` with the address of a block for each of `sizes` (in bytes); the blocks are gone when it returns. `use` may call it again. */
  with<const Sizes extends readonly number[]>(sizes: Sizes, use: (addresses: { readonly [I in keyof Sizes]: number }) => void): void;
}

/** More than this is given back after the call that needed it. */
const KEPT_BYTES = 4 * 2 ** 20;

const ALIGNMENT = 64; // a cache line

/** Makes a {@link Scratch} that keeps one block of at most 4 MiB; calls within calls share it, one behind the other. */
export function scratchIn({ allocate, free }: Pick<WasmMemory, 'allocate' | 'free'>): Scratch {
  let kept = { address: 0, bytes: 0 };
  let used = 0;
  let wanted = 0; // what all calls within a call have come to

  const grow = (bytes: number): void => {
    if (bytes <= kept.bytes) return;
    if (kept.bytes > 0) free(kept.address);
    kept = { address: 0, bytes: 0 }; // stays so when the allocation throws
    kept = { address: allocate(bytes), bytes };
  };

  return {
    with<const Sizes extends readonly number[]>(sizes: Sizes, use: (addresses: { readonly [I in keyof Sizes]: number }) => void) {
      const { offsets, total } = layOut(sizes);
      if (used + total <= KEPT_BYTES) wanted = Math.max(wanted, used + total);
      if (used === 0) grow(wanted);
      const isOwn = used + total > kept.bytes;
      const base = isOwn ? allocate(total) : kept.address + used;
      if (!isOwn) used += total;
      try {
        use(offsets.map((offset) => align(base) + offset) as { readonly [I in keyof Sizes]: number });
      } finally {
        if (isOwn) free(base);
        else used -= total;
      }
    },
  };
}

function layOut(sizes: readonly number[]): { offsets: number[]; total: number } {
  let total = 0;
  const offsets = sizes.map((size) => {
    const offset = total;
    total += align(size);
    return offset;
  });
  return { offsets, total: total + ALIGNMENT };
}

const align = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
