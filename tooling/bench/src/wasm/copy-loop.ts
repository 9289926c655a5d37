import { add, constant, get, I32, loadVector, loop, memoryCopy, set, storeVector, tee, type Code, type WasmFunction } from './encode.ts';

const VECTOR = 16;
const VECTORS_A_TURN = 4;

/** A turn of {@link copyLoop} moves this many bytes. */
export const COPY_BLOCK: number = VECTOR * VECTORS_A_TURN;

const TO = 0;
const FROM = 1;
const END = 2;

const advance = (local: number): Code => [get(local), constant(COPY_BLOCK), add, set(local)];
const moves: Code = Array.from({ length: VECTORS_A_TURN }, (_, index) => [
  get(TO),
  get(FROM),
  loadVector(index * VECTOR),
  storeVector(index * VECTOR),
]);
const NOT_EQUAL: Code = 0x47;

/** `loop(to, from, end)`: 128-bit loads and stores, as a kernel does them, until `to` is `end`. */
export const copyLoop: WasmFunction = {
  name: 'loop',
  parameters: [I32, I32, I32],
  results: [],
  locals: [],
  body: loop([moves, advance(FROM), get(TO), constant(COPY_BLOCK), add, tee(TO), get(END), NOT_EQUAL]),
};

/** `bulk(to, from, bytes)`: the `memory.copy` instruction, which an engine hands to the C library. */
export const bulkCopy: WasmFunction = {
  name: 'bulk',
  parameters: [I32, I32, I32],
  results: [],
  locals: [],
  body: [get(TO), get(FROM), get(END), memoryCopy],
};
