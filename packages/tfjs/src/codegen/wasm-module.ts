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

const float64Bytes = (value: number): Code => [...new Uint8Array(new Float64Array([value]).buffer)];
const simd = (opcode: number, ...rest: Code): Code => [0xfd, ...unsigned(opcode), ...rest];
const memoryArgument = (align: number, offset: number): Code => [...unsigned(align), ...unsigned(offset)];

/** The instructions that kernels are made of, named as in the WebAssembly text format. */
export const w = {
  localGet: (local: number): Code => [0x20, ...unsigned(local)],
  localSet: (local: number): Code => [0x21, ...unsigned(local)],
  localTee: (local: number): Code => [0x22, ...unsigned(local)],
  i32Const: (value: number): Code => [0x41, ...signed(value)],
  f64Const: (value: number): Code => [0x44, ...float64Bytes(value)],
  i32Load: (offset: number): Code => [0x28, ...memoryArgument(2, offset)],
  f64Load: (offset: number): Code => [0x2b, ...memoryArgument(3, offset)],
  f64Store: (offset: number): Code => [0x39, ...memoryArgument(3, offset)],
  i32Add: [0x6a],
  i32Sub: [0x6b],
  i32And: [0x71],
  i32Shl: [0x74],
  i32LtU: [0x49],
  i32Eqz: [0x45],
  f64Add: [0xa0],
  f64Mul: [0xa2],
  f64Abs: [0x99],
  f64Sqrt: [0x9f],
  f64Max: [0xa5],
  f64ConvertI32: [0xb7],
  f64Promote: [0xbb],
  f32Demote: [0xb6],
  block: [0x02, 0x40],
  loop: [0x03, 0x40],
  end: [0x0b],
  br: (depth: number): Code => [0x0c, ...unsigned(depth)],
  brIf: (depth: number): Code => [0x0d, ...unsigned(depth)],
  v128Load: (offset: number = 0): Code => simd(0x00, ...memoryArgument(2, offset)),
  v128Store: (offset: number = 0): Code => simd(0x0b, ...memoryArgument(2, offset)),
  v128Load32Splat: (offset: number): Code => simd(0x09, ...memoryArgument(2, offset)),
  v128Load32Zero: (offset: number = 0): Code => simd(0x5c, ...memoryArgument(2, offset)),
  v128Store32Lane: (lane: number): Code => simd(0x5a, ...memoryArgument(2, 0), lane),
  v128Const: (words: readonly [number, number, number, number]): Code => simd(0x0c, ...new Uint8Array(new Uint32Array(words).buffer)),
  shuffle: (lanes: readonly number[]): Code => simd(0x0d, ...lanes),
  i32x4Splat: [0xfd, 0x11],
  f32x4Splat: [0xfd, 0x13],
  f64x2Splat: [0xfd, 0x14],
  i32x4ExtractLane: (lane: number): Code => simd(0x1b, lane),
  f32x4ExtractLane: (lane: number): Code => simd(0x1f, lane),
  f64x2ExtractLane: (lane: number): Code => simd(0x21, lane),
  v128Not: [0xfd, 0x4d],
  v128And: [0xfd, 0x4e],
  v128Or: [0xfd, 0x50],
  v128Xor: [0xfd, 0x51],
  v128Bitselect: [0xfd, 0x52],
  f32x4Eq: [0xfd, 0x41],
  f32x4Lt: [0xfd, 0x43],
  f32x4Le: [0xfd, 0x45],
  i32x4LtU: [0xfd, 0x3a],
  i32x4Shl: [0xfd, 0xab, 0x01],
  i32x4ShrU: [0xfd, 0xad, 0x01],
  i32x4Add: [0xfd, 0xae, 0x01],
  i32x4Sub: [0xfd, 0xb1, 0x01],
  f32x4Floor: [0xfd, 0x68],
  f32x4Abs: [0xfd, 0xe0, 0x01],
  f32x4Neg: [0xfd, 0xe1, 0x01],
  f32x4Sqrt: [0xfd, 0xe3, 0x01],
  f32x4Add: [0xfd, 0xe4, 0x01],
  f32x4Sub: [0xfd, 0xe5, 0x01],
  f32x4Mul: [0xfd, 0xe6, 0x01],
  f32x4Div: [0xfd, 0xe7, 0x01],
  f32x4Min: [0xfd, 0xe8, 0x01],
  f32x4Max: [0xfd, 0xe9, 0x01],
  f64x2Sqrt: [0xfd, 0xef, 0x01],
  f64x2Add: [0xfd, 0xf0, 0x01],
  f64x2Mul: [0xfd, 0xf2, 0x01],
  f64x2Max: [0xfd, 0xf5, 0x01],
  f64x2Abs: [0xfd, 0xec, 0x01],
  f32x4DemoteF64x2Zero: [0xfd, 0x5e],
  f64x2PromoteLowF32x4: [0xfd, 0x5f],
  f64x2ConvertLowI32x4S: [0xfd, 0xfe, 0x01],
  i32x4TruncSatF32x4S: [0xfd, 0xf8, 0x01],
  f32x4ConvertI32x4S: [0xfd, 0xfa, 0x01],
} as const;

/** The largest memory that tfjs's threaded build asks for, in pages; a shared memory must be imported with a bound. */
const MAXIMUM_PAGES = 65536;

/**
 * A module that imports `env.memory` and exports one function `run` of 32-bit integers.
 *
 * @param parameters How many arguments `run` takes; its locals come after them.
 */
export function wasmModule({ parameters, locals, body, shared }: { parameters: number; locals: readonly LocalType[]; body: Code; shared: boolean }): Uint8Array<ArrayBuffer> {
  const type = [0x60, ...vector(Array.from({ length: parameters }, () => [TYPES.i32])), 0];
  const limits = shared ? [0x03, ...unsigned(1), ...unsigned(MAXIMUM_PAGES)] : [0x00, ...unsigned(1)];
  const name = (text: string): Code => [...unsigned(text.length), ...bytesOf(text)];
  const code = [...vector(locals.map((local) => [1, TYPES[local]])), ...body, ...w.end];
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector([type])),
    ...section(2, vector([[...name('env'), ...name('memory'), 0x02, ...limits]])),
    ...section(3, vector([[0]])),
    ...section(7, vector([[...name('run'), 0x00, 0]])),
    ...section(10, vector([[...unsigned(code.length), ...code]])),
  ]);
}
