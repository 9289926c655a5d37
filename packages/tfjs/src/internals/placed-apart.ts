import { wasmMemory } from '@downhill/wasm-kernels/memory';
import { backend, type Tensor } from '@tensorflow/tfjs-core';
import { bringHere } from '../bring-here.ts';

/** A processor tells two addresses apart by their last twelve bits first. */
const PAGE = 4096;
/** How far within a page a loop's loads may run behind a store to another page: two turns of 32 bytes, twice. */
const APART = 128;
/** Smaller tensors are done before it matters. */
const LARGE = 2 ** 16;
const TRIES = 8;

/**
 * Makes a tensor that a kernel is to go through together with others: on `wasm`, at another place within a page of memory than these. A load from
 * just behind where a store went, pages apart, waits for that store: a fused step then takes up to a tenth longer.
 */
export function placedApart(make: () => Tensor, others: readonly Tensor[]): Tensor {
  let made = make();
  const memory = made.size * 4 < LARGE ? undefined : wasmMemory(backend());
  if (memory === undefined) return made;
  const placeOf = ({ dataId }: Tensor): number => memory.address(dataId) % PAGE;
  others.forEach(bringHere);
  const taken = others.map(placeOf);
  for (let i = 1; i < TRIES && taken.some((place) => distance(place, placeOf(made)) < APART); i++) {
    made.dispose();
    const spacer = memory.allocate(i * (PAGE / TRIES) + APART);
    made = make();
    memory.free(spacer);
  }
  return made;
}

function distance(a: number, b: number): number {
  const between = Math.abs(a - b);
  return Math.min(between, PAGE - between);
}
