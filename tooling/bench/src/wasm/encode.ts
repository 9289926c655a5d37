/** Just enough of WebAssembly's binary format for a benchmark's loops (core specification 2.0, section 5). */

/** Bytes of code or of a section; lists nest freely. */
export type Code = number | readonly Code[];

const flat = (code: Code): readonly number[] => (typeof code === 'number' ? [code] : code.flatMap(flat));

/** An unsigned number in LEB128. */
export function unsigned(value: number): readonly number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(Math.floor(value / 128))];
}

/** A signed number in LEB128, as `i32.const` takes it. */
export function signed(value: number): readonly number[] {
  return value >= -64 && value < 64 ? [value & 127] : [(value & 127) | 128, ...signed(value >> 7)];
}

const list = (items: readonly Code[]): Code => [unsigned(items.length), items];
const sized = (code: Code): Code => [unsigned(flat(code).length), code];
const section = (id: number, items: readonly Code[]): Code => [id, sized(list(items))];
const text = (value: string): Code => list([...new TextEncoder().encode(value)]);

/** Value types. */
export const I32 = 0x7f;
export const F32 = 0x7d;
export const V128 = 0x7b;

/** Instructions. A vector's are behind a prefix. */
export const get = (local: number): Code => [0x20, unsigned(local)];
export const set = (local: number): Code => [0x21, unsigned(local)];
export const tee = (local: number): Code => [0x22, unsigned(local)];
export const constant = (value: number): Code => [0x41, signed(value)];
export const add: Code = 0x6a;
export const memoryCopy: Code = [0xfc, 10, 0, 0];
const vector = (opcode: number): Code => [0xfd, unsigned(opcode)];
export const splat: Code = vector(0x13);
export const addVectors: Code = vector(0xe4);
export const multiplyVectors: Code = vector(0xe6);
export const firstLane: Code = [vector(0x1f), 0];
const ALIGNED_16 = 4;
export const loadVector = (offset: number): Code => [vector(0x00), ALIGNED_16, unsigned(offset)];
export const storeVector = (offset: number): Code => [vector(0x0b), ALIGNED_16, unsigned(offset)];
/** Runs `body` again as long as it leaves something other than zero. */
export const loop = (body: Code): Code => [0x03, 0x40, body, 0x0d, 0, 0x0b];

/** A function of a module, exported by its name. */
export interface WasmFunction {
  readonly name: string;
  readonly parameters: readonly number[];
  readonly results: readonly number[];
  readonly locals: readonly number[];
  readonly body: Code;
}

/** A module of functions over a memory of its own, which it exports as `memory`. */
function encodeModule(functions: readonly WasmFunction[], pages: number): Uint8Array<ArrayBuffer> {
  const exports = [...functions.map(({ name }, index) => [text(name), 0, unsigned(index)]), [text('memory'), 2, 0]];
  return Uint8Array.from(
    flat([
      [0, 97, 115, 109, 1, 0, 0, 0],
      section(
        1,
        functions.map(({ parameters, results }) => [0x60, list(parameters), list(results)]),
      ),
      section(
        3,
        functions.map((_, index) => unsigned(index)),
      ),
      section(5, [[1, unsigned(pages), unsigned(pages)]]),
      section(7, exports),
      section(
        10,
        functions.map(({ locals, body }) => sized([list(locals.map((type) => [1, type])), body, 0x0b])),
      ),
    ]),
  );
}

/** Compiles a module and makes its functions callable. */
export function instantiate(
  functions: readonly WasmFunction[],
  pages = 1,
): { call: (name: string, ...values: number[]) => number; memory: WebAssembly.Memory } {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(encodeModule(functions, pages)));
  const { memory } = exports;
  if (!(memory instanceof WebAssembly.Memory)) throw new TypeError('the module exports no memory');
  return {
    memory,
    call(name, ...values) {
      const callee = exports[name];
      if (typeof callee !== 'function') throw new TypeError(`the module has no function ${name}`);
      return Number(callee(...values));
    },
  };
}
