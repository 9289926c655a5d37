import {
  add,
  addVectors,
  constant,
  F32,
  firstLane,
  get,
  I32,
  loop,
  multiplyVectors,
  set,
  splat,
  tee,
  V128,
  type Code,
  type WasmFunction,
} from './encode.ts';

/** Multiply-adds in a 128-bit multiplication and addition. */
const LANES = 4;
/** Steps of each chain in a turn, so that counting turns costs nothing. */
const UNROLLED = 4;

const TURNS = 0;
const FACTOR = 3;
const SUMMAND = 4;
const FIRST_CHAIN = 5;

/** Multiply-adds in a turn of {@link registerLoop}. */
export const multiplyAddsPerTurn = (chains: number): number => chains * UNROLLED * LANES;

/**
 * `run(turns, factor, summand)`: xᵢ ← xᵢ · factor + summand for independent chains, all in registers: as many 128-bit multiplications and
 * additions a second as WebAssembly gets without fused multiply-adds, once there are enough chains to hide what one step waits for.
 */
export function registerLoop(chains: number): WasmFunction {
  const indices = Array.from({ length: chains }, (_, index) => FIRST_CHAIN + index);
  const once: Code = indices.map((chain) => [get(chain), get(FACTOR), multiplyVectors, get(SUMMAND), addVectors, set(chain)]);
  const [first = FIRST_CHAIN, ...others] = indices;
  return {
    name: 'run',
    parameters: [I32, F32, F32],
    results: [F32],
    locals: [V128, V128, ...indices.map(() => V128)],
    body: [
      [get(1), splat, set(FACTOR), get(2), splat, set(SUMMAND)],
      indices.map((chain) => [get(SUMMAND), set(chain)]),
      loop([Array.from({ length: UNROLLED }, () => once), get(TURNS), constant(-1), add, tee(TURNS)]),
      [get(first), others.map((chain) => [get(chain), addVectors]), firstLane], // a result that nobody used would let the loop vanish
    ],
  };
}
