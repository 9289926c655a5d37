import { median } from '../measure/median.ts';
import type { Contender } from '../measure/contender.ts';
import { bulkCopy, COPY_BLOCK, copyLoop } from '../wasm/copy-loop.ts';
import { instantiate } from '../wasm/encode.ts';

const PAGE = 2 ** 16;
const TRIALS = 9;

/** Moves the bytes that a step must move, half of them in and half of them out, inside WASM memory, in the faster of two ways. */
export function copy(name: string, bytesOfStep: number): Promise<Contender> {
  const bytes = Math.ceil(bytesOfStep / 2 / COPY_BLOCK) * COPY_BLOCK;
  const { call, memory } = instantiate([copyLoop, bulkCopy], Math.ceil((2 * bytes) / PAGE));
  new Float32Array(memory.buffer).fill(1); // pages that were never written to all share one page of zeros
  const ways = {
    'v128 loads and stores': () => void call('loop', bytes, 0, 2 * bytes),
    'memory.copy': () => void call('bulk', bytes, 0, bytes),
  };
  const [fastest] = Object.entries(ways)
    .map(([how, step]) => ({ how, step, ms: timeOf(step) }))
    .toSorted((a, b) => a.ms - b.ms);
  if (fastest === undefined) throw new Error('nothing to copy with');
  return Promise.resolve({ step: fastest.step, notes: { [`copy, ${name}`]: fastest.how } });
}

function timeOf(step: () => void): number {
  const times = Array.from({ length: TRIALS }, () => {
    const start = performance.now();
    step();
    return performance.now() - start;
  });
  return median(times.slice(Math.floor(TRIALS / 3)));
}
