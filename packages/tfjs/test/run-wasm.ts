import { buffersOf, type BufferData, type Kernel, type Segments, type UniformBlock } from '@downhill/core/compiler';
import { generateWasm, RECORD_HEAD } from '../src/codegen/wasm.ts';

const memories = {
  own: new WebAssembly.Memory({ initial: 2 }),
  shared: new WebAssembly.Memory({ initial: 2, maximum: 2, shared: true }),
};

/** What lies around buffers, to see that nothing is written there. */
const FENCE = 0x5a;

/**
 * Runs a kernel's WebAssembly over copies of the buffers, as the wasm executor does over tfjs's memory, and copies the
 * results back. Equal arrays share their memory.
 *
 * @throws Error where the module writes outside of its buffers.
 */
export function runWasm(kernel: Kernel, segments: Segments, uniforms: UniformBlock, buffers: readonly BufferData[], shared = false): void {
  const memory = shared ? memories.shared : memories.own;
  const bytes = new Uint8Array(memory.buffer).fill(FENCE);
  const addresses = new Map<BufferData, number>();
  let top = 64;
  const take = (length: number): number => {
    const address = top;
    top = Math.ceil((top + length) / 16) * 16 + 16;
    return address;
  };
  const bytesOf = ({ buffer, byteOffset, byteLength }: BufferData): Uint8Array => new Uint8Array(buffer, byteOffset, byteLength);
  for (const data of new Set(buffers)) {
    const address = take(data.byteLength);
    addresses.set(data, address);
    bytes.set(bytesOf(data), address);
  }
  const numbers = take(uniforms.numbers.byteLength);
  bytes.set(bytesOf(uniforms.numbers), numbers);
  const all = buffersOf(kernel);
  const words = RECORD_HEAD + all.length;
  const records = take(4 * words * segments.length);
  const table = new Int32Array(memory.buffer, records, words * segments.length);
  for (let segment = 0; segment < segments.length; segment++) {
    const from = segment * segments.width;
    const places = all.map(({ kind }, i) => addresses.get(buffers[i]!)! + segments.table[from + 2 + i]! * (kind === 'gathered' ? 8 : 4));
    table.set([segments.table[from]!, segments.table[from + 1]!, numbers, ...places], segment * words);
  }

  const untouched = bytes.slice();
  const module = new WebAssembly.Module(generateWasm(kernel, shared));
  (new WebAssembly.Instance(module, { env: { memory } }).exports['run'] as (records: number, segments: number) => void)(
    records,
    segments.length,
  );
  const after = bytes.slice();
  for (const [data, address] of addresses) {
    bytesOf(data).set(after.subarray(address, address + data.byteLength));
    after.fill(0, address, address + data.byteLength);
    untouched.fill(0, address, address + data.byteLength);
  }
  if (Buffer.compare(after, untouched) !== 0) throw new Error('a kernel wrote outside of its buffers');
}
