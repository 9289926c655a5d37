import { buffersOf, type BufferData, type Kernel, type KernelBuffer, type RunKernel } from '@downhill/core/compiler';
import { generateWasm, RECORD_HEAD } from '../codegen/wasm.ts';

/** Elements a turn: a block of every buffer stays in the processor's second cache, and the cost of a turn is hidden. */
const BLOCK = 4096;
const PAGE = 65536;

/** A buffer's place in the kernel's memory: what is at hand of it there. */
type Window = BufferData;

/** Brings a stretch of an array to its window. */
function bring(window: Window, array: BufferData, from: number, n: number, stride: 0 | 1): void {
  if (stride === 0) window[0] = array[from] ?? 0;
  else if (n === array.length) window.set(array);
  else window.set(array.subarray(from, from + n));
}

/** Takes a stretch back. */
function take(window: Window, array: BufferData, from: number, n: number, stride: 0 | 1): void {
  if (stride === 0) array[from] = window[0] ?? 0;
  else array.set(n === window.length ? window : window.subarray(0, n), from);
}

/**
 * Runs a WebAssembly kernel over arrays that are not in its memory: block by block they are copied in, worked on and copied
 * out, all of it in the cache. Faster than a loop in JavaScript, and with the bits of the wasm backend.
 *
 * @throws RangeError or CompileError where this page may not compile.
 */
export function blockRunner(kernel: Kernel): RunKernel {
  const buffers = buffersOf(kernel);
  const firstStore = kernel.loads.length;
  const firstGather = firstStore + kernel.stores.length;
  const uniformsAt = 4 * (RECORD_HEAD + buffers.length);
  let end = Math.ceil((uniformsAt + 4 * kernel.uniforms.length) / 8) * 8;
  const addresses = buffers.map(({ kind, stride }) => {
    const address = end;
    end += (kind === 'gathered' ? 8 : 4) * (stride === 0 ? 2 : BLOCK);
    return address;
  });
  const memory = new WebAssembly.Memory({ initial: Math.ceil(end / PAGE) });
  const module = new WebAssembly.Module(generateWasm(kernel, false));
  const run = new WebAssembly.Instance(module, { env: { memory } }).exports['run'] as (records: number, segments: number) => void;
  const words = new Int32Array(memory.buffer);
  const block = new Uint32Array(memory.buffer, uniformsAt, kernel.uniforms.length);
  const windowOf = ({ kind, stride }: KernelBuffer, i: number): Window => {
    const [address, length] = [addresses[i] ?? 0, stride === 0 ? 1 : BLOCK];
    return kind === 'gathered' ? new Float64Array(memory.buffer, address, length) : new Float32Array(memory.buffer, address, length);
  };
  const windows = buffers.map(windowOf);
  words.set([0, 0, uniformsAt, ...addresses]);

  return ({ table, width, length }, uniforms, arrays) => {
    block.set(uniforms.words);
    for (let row = 0; row < length * width; row += width) {
      const count = table[row + 1] ?? 0;
      for (let first = 0; first < count; first += BLOCK) {
        const n = Math.min(BLOCK, count - first);
        words[0] = (table[row] ?? 0) + first;
        words[1] = n;
        const each = (work: typeof bring, from: number, to: number): void => {
          for (let i = from; i < to; i++) {
            const [window, array, stride = 0] = [windows[i], arrays[i], buffers[i]?.stride];
            if (window !== undefined && array !== undefined) work(window, array, (table[row + 2 + i] ?? 0) + first * stride, n, stride);
          }
        };
        each(bring, 0, firstStore);
        each(bring, firstGather, buffers.length);
        run(0, 1);
        each(take, firstStore, buffers.length);
      }
    }
  };
}
