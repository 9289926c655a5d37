/** Instruction bytes, flat; written by the functions below. */
export type Code = readonly number[];

const bytesOf = (text: string): Code => [...new TextEncoder().encode(text)];

/** An unsigned number in LEB128, as the binary format writes counts and indices. */
export function unsigned(value: number): Code {
  const bytes: number[] = [];
  let rest = value >>> 0;
  do {
    const more = rest >= 0x80;
    bytes.push((rest & 0x7f) | (more ? 0x80 : 0));
    rest >>>= 7;
  } while (rest !== 0);
  return bytes;
}

/** A signed number of 32 bits in LEB128. */
export function signed(value: number): Code {
  const bytes: number[] = [];
  let rest = value | 0;
  for (;;) {
    const byte = rest & 0x7f;
    rest >>= 7;
    const done = (rest === 0 && (byte & 0x40) === 0) || (rest === -1 && (byte & 0x40) !== 0);
    bytes.push(done ? byte : byte | 0x80);
    if (done) return bytes;
  }
}

const vector = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
const section = (id: number, body: Code): Code => [id, ...unsigned(body.length), ...body];

/** The types of locals. */
export const TYPES = { i32: 0x7f, f64: 0x7c, v128: 0x7b } as const;
export type LocalType = keyof typeof TYPES;

const simd = (opcode: number, ...rest: Code): Code => [0xfd, ...unsigned(opcode), ...rest];
const memoryArgument = (align: number, offset: number): Code => [...unsigned(align), ...unsigned(offset)];

// The instructions that kernels are made of, named as in the WebAssembly text format. Each is an export of its own, so that
// minifiers shorten the names.

export const localGet = (local: number): Code => [0x20, ...unsigned(local)];
export const localSet = (local: number): Code => [0x21, ...unsigned(local)];
export const localTee = (local: number): Code => [0x22, ...unsigned(local)];
export const i32Const = (value: number): Code => [0x41, ...signed(value)];
export const i32Load = (offset: number): Code => [0x28, ...memoryArgument(2, offset)];
export const f64Load = (offset: number): Code => [0x2b, ...memoryArgument(3, offset)];
export const f64Store = (offset: number): Code => [0x39, ...memoryArgument(3, offset)];
export const i32Add: Code = [0x6a];
export const i32Sub: Code = [0x6b];
export const i32And: Code = [0x71];
export const i32LtU: Code = [0x49];
export const i32Eqz: Code = [0x45];
export const f64Add: Code = [0xa0];
export const f64Sqrt: Code = [0x9f];
export const f64Max: Code = [0xa5];
export const f32Demote: Code = [0xb6];
export const block: Code = [0x02, 0x40];
export const loop: Code = [0x03, 0x40];
export const end: Code = [0x0b];
export const br = (depth: number): Code => [0x0c, ...unsigned(depth)];
export const brIf = (depth: number): Code => [0x0d, ...unsigned(depth)];
export const v128Load = (offset: number = 0): Code => simd(0x00, ...memoryArgument(2, offset));
export const v128Store = (offset: number = 0): Code => simd(0x0b, ...memoryArgument(2, offset));
export const v128Load32Splat = (offset: number): Code => simd(0x09, ...memoryArgument(2, offset));
export const v128Load32Zero = (offset: number = 0): Code => simd(0x5c, ...memoryArgument(2, offset));
export const v128Store32Lane = (lane: number): Code => simd(0x5a, ...memoryArgument(2, 0), lane);
export const v128Const = (words: readonly [number, number, number, number]): Code =>
  simd(0x0c, ...new Uint8Array(new Uint32Array(words).buffer));
export const shuffle = (lanes: readonly number[]): Code => simd(0x0d, ...lanes);
export const i32x4Splat: Code = [0xfd, 0x11];
export const f32x4Splat: Code = [0xfd, 0x13];
export const f64x2ExtractLane = (lane: number): Code => simd(0x21, lane);
export const v128Not: Code = [0xfd, 0x4d];
export const v128And: Code = [0xfd, 0x4e];
export const v128Or: Code = [0xfd, 0x50];
export const v128Xor: Code = [0xfd, 0x51];
export const v128Bitselect: Code = [0xfd, 0x52];
export const f32x4Eq: Code = [0xfd, 0x41];
export const f32x4Ne: Code = [0xfd, 0x42];
export const f32x4Lt: Code = [0xfd, 0x43];
export const f32x4Le: Code = [0xfd, 0x45];
export const i32x4LtU: Code = [0xfd, 0x3a];
export const i32x4Shl: Code = [0xfd, 0xab, 0x01];
export const i32x4ShrU: Code = [0xfd, 0xad, 0x01];
export const i32x4Add: Code = [0xfd, 0xae, 0x01];
export const i32x4Sub: Code = [0xfd, 0xb1, 0x01];
export const f32x4Floor: Code = [0xfd, 0x68];
export const f32x4Abs: Code = [0xfd, 0xe0, 0x01];
export const f32x4Neg: Code = [0xfd, 0xe1, 0x01];
export const f32x4Sqrt: Code = [0xfd, 0xe3, 0x01];
export const f32x4Add: Code = [0xfd, 0xe4, 0x01];
export const f32x4Sub: Code = [0xfd, 0xe5, 0x01];
export const f32x4Mul: Code = [0xfd, 0xe6, 0x01];
export const f32x4Div: Code = [0xfd, 0xe7, 0x01];
export const f32x4Min: Code = [0xfd, 0xe8, 0x01];
export const f32x4Max: Code = [0xfd, 0xe9, 0x01];
export const f64x2Sqrt: Code = [0xfd, 0xef, 0x01];
export const f64x2Add: Code = [0xfd, 0xf0, 0x01];
export const f64x2Mul: Code = [0xfd, 0xf2, 0x01];
export const f64x2Max: Code = [0xfd, 0xf5, 0x01];
export const f64x2Abs: Code = [0xfd, 0xec, 0x01];
export const f32x4DemoteF64x2Zero: Code = [0xfd, 0x5e];
export const f64x2PromoteLowF32x4: Code = [0xfd, 0x5f];
export const f64x2ConvertLowI32x4S: Code = [0xfd, 0xfe, 0x01];
export const i32x4TruncSatF32x4S: Code = [0xfd, 0xf8, 0x01];
export const f32x4ConvertI32x4S: Code = [0xfd, 0xfa, 0x01];

/** The largest memory that tfjs's threaded build asks for, in pages; a shared memory must be imported with a bound. */
const MAXIMUM_PAGES = 65536;

/**
 * A module that imports `env.memory` and exports one function `run` of 32-bit integers.
 *
 * @param parameters How many arguments `run` takes; its locals come after them.
 */
export function wasmModule({
  parameters,
  locals,
  body,
  shared,
}: {
  parameters: number;
  locals: readonly LocalType[];
  body: Code;
  shared: boolean;
}): Uint8Array<ArrayBuffer> {
  const type = [0x60, ...vector(Array.from({ length: parameters }, () => [TYPES.i32])), 0];
  const limits = shared ? [0x03, ...unsigned(1), ...unsigned(MAXIMUM_PAGES)] : [0x00, ...unsigned(1)];
  const name = (text: string): Code => [...unsigned(text.length), ...bytesOf(text)];
  const code = [...vector(locals.map((local) => [1, TYPES[local]])), ...body, ...end];
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector([type])),
    ...section(2, vector([[...name('env'), ...name('memory'), 0x02, ...limits]])),
    ...section(3, vector([[0]])),
    ...section(7, vector([[...name('run'), 0x00, 0]])),
    ...section(10, vector([[...unsigned(code.length), ...code]])),
  ]);
}
