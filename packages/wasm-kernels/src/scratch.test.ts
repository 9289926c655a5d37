import { describe, expect, test } from 'vitest';
import { scratchIn } from './scratch.ts';

/** A heap that counts what is taken and never given back. */
function heap(): { allocate: (bytes: number) => number; free: (address: number) => void; taken: Map<number, number>; requests: number[] } {
  let top = 16;
  const taken = new Map<number, number>();
  const requests: number[] = [];
  return {
    taken,
    requests,
    allocate(bytes) {
      const address = top;
      top += Math.ceil(bytes / 16) * 16;
      taken.set(address, bytes);
      requests.push(bytes);
      return address;
    },
    free: (address) => void taken.delete(address),
  };
}

const total = ({ taken }: ReturnType<typeof heap>): number => [...taken.values()].reduce((sum, bytes) => sum + bytes, 0);

describe('scratch', () => {
  test('gives blocks that start on cache lines, do not overlap and lie in what was taken', () => {
    const memory = heap();
    scratchIn(memory).with([1, 100, 64, 3], (addresses) => {
      const [[base, bytes] = [0, 0]] = memory.taken;
      const ends = [1, 100, 64, 3].map((size, i) => addresses[i]! + size);
      for (const address of addresses) expect(address % 64).toBe(0);
      expect(addresses[0]).toBeGreaterThanOrEqual(base);
      for (const [i, end] of ends.entries()) expect(end).toBeLessThanOrEqual(addresses[i + 1] ?? base + bytes);
    });
  });

  test('takes memory once for calls of the same size', () => {
    const memory = heap();
    const scratch = scratchIn(memory);
    for (let i = 0; i < 10; i++) scratch.with([1000, 2000], () => {});
    expect(memory.requests).toHaveLength(1);
  });

  test('keeps one block, and never more than 4 MiB between calls', () => {
    const memory = heap();
    const scratch = scratchIn(memory);
    for (const bytes of [1e3, 1e6, 2e6, 1e3, 3e7, 4e6, 5e7]) scratch.with([bytes], () => {});
    expect(memory.taken.size).toBe(1);
    expect(total(memory)).toBeLessThanOrEqual(4 * 2 ** 20);
  });

  test('calls within a call get blocks of their own, from the second time on out of the one that is kept', () => {
    const memory = heap();
    const scratch = scratchIn(memory);
    const nested = (): number[] => {
      const found: number[] = [];
      scratch.with([1000], ([outer]) => scratch.with([5000], ([inner]) => found.push(outer, inner)));
      return found;
    };
    nested();
    const requests = memory.requests.length;
    const [outer = 0, inner = 0] = nested();
    expect(inner).toBeGreaterThanOrEqual(outer + 1000);
    nested();
    expect(memory.requests).toHaveLength(requests + 1);
    expect(memory.taken.size).toBe(1);
  });

  test('gives a large block back when the kernel throws', () => {
    const memory = heap();
    expect(() =>
      scratchIn(memory).with([1e8], () => {
        throw new Error('kernel');
      }),
    ).toThrow('kernel');
    expect(total(memory)).toBe(0);
  });

  test('is usable after the heap refused a block', () => {
    const memory = heap();
    let refuse = false;
    const scratch = scratchIn({
      ...memory,
      allocate(bytes) {
        if (refuse) throw new Error('full');
        return memory.allocate(bytes);
      },
    });
    scratch.with([100], () => {});
    refuse = true;
    expect(() => scratch.with([1e6], () => {})).toThrow('full');
    refuse = false;
    scratch.with([1e6], ([address]) => expect(address).toBeGreaterThan(0));
    expect(memory.taken.size).toBe(1);
  });
});
