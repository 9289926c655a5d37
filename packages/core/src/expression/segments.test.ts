import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinOver, resolveOver, shapeOver } from './domain.ts';
import type { Over } from './node.ts';
import { buffersOf, segmentsFor } from './segments.ts';
import type { Kernel, KernelBuffer } from './stages.ts';

/** A kernel that reads buffers over some axes; what it computes does not matter here. */
function reading(over: Over, of: readonly Over[], rank: number): Kernel {
  const walked = Array.from({ length: rank }, (_, axis) => axis).filter((axis) => typeof over !== 'string' && !over.includes(axis));
  const strideOf = (kept: Over): 0 | 1 =>
    typeof over === 'string' || typeof kept === 'string' || (walked.length > 0 && kept.includes(walked.at(-1)!)) ? 0 : 1;
  const loads = of.map((kept, i): KernelBuffer => ({ kind: 'tensor', name: `b${i}`, over: kept, stride: strideOf(kept) }));
  return { hash: '', over, loads, stores: [], gathers: [], uniforms: [] };
}

/** The element of each buffer in each turn, in order. */
function turns(kernel: Kernel, shape: readonly number[]): number[][] {
  const { table, length, width } = segmentsFor(kernel, shape);
  return Array.from({ length }, (_, s) => s * width).flatMap((row) =>
    Array.from({ length: table[row + 1]! }, (_, i) => buffersOf(kernel).map(({ stride }, b) => table[row + 2 + b]! + i * stride)),
  );
}

/** The same by counting through all indices. */
function expected(kernel: Kernel, shape: readonly number[]): number[][] {
  const walked = shapeOver(shape, kernel.over);
  const total = walked.reduce((product, size) => product * size, 1);
  return Array.from({ length: total }, (_, flat) => {
    let rest = flat;
    const index = walked.map(() => 0);
    for (let axis = walked.length - 1; axis >= 0; axis--) {
      index[axis] = rest % walked[axis]!;
      rest = Math.floor(rest / walked[axis]!);
    }
    return kernel.loads.map(({ over }) => {
      const own = shapeOver(shape, over);
      return own.reduce((place, size, axis) => place * size + (size === 1 ? 0 : index[axis]!), 0);
    });
  });
}

describe('segments', () => {
  test('of an elementwise loop are one', () => {
    expect(segmentsFor(reading([], [[], []], 3), [2, 3, 4])).toMatchObject({ length: 1, table: new Int32Array([0, 24, 0, 0]) });
  });

  test('of a loop that folds rows are one a row', () => {
    expect(segmentsFor(reading([], [[], [1]], 2), [2, 3]).table).toEqual(new Int32Array([0, 3, 0, 0, 3, 3, 3, 1]));
  });

  test('of an empty tensor are none, of a number one', () => {
    expect(segmentsFor(reading([], [[]], 2), [0, 3]).length).toBe(0);
    expect(turns(reading([], [[]], 0), [])).toEqual([[0]]);
    expect(turns(reading('all', ['all'], 2), [2, 3])).toEqual([[0]]);
  });

  test('visit what counting through all indices visits, for any shape and axes', () => {
    const overOf = (rank: number): fc.Arbitrary<Over> =>
      fc.oneof(
        fc.constantFrom<Over>('all', 'tensor'),
        fc.subarray(Array.from({ length: rank }, (_, axis) => axis)).map((axes) => resolveOver(axes, rank)),
      );
    const cases = fc.integer({ min: 0, max: 4 }).chain((rank) =>
      fc.record({
        shape: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: rank, maxLength: rank }),
        overs: fc.array(overOf(rank), { minLength: 1, maxLength: 4 }),
      }),
    );
    fc.assert(
      fc.property(cases, ({ shape, overs }) => {
        const within = overs.reduce(joinOver);
        const kernel = reading(within, overs, shape.length);
        expect(turns(kernel, shape)).toEqual(expected(kernel, shape));
      }),
      { numRuns: 500 },
    );
  });
});

describe('axes', () => {
  test('count from the end, once each, and all together are the tensor', () => {
    expect(resolveOver([-1, 1], 3)).toEqual([1, 2]);
    expect(resolveOver([2, -1], 3)).toEqual([2]);
    expect(resolveOver([0, 1], 2)).toBe('tensor');
    expect(resolveOver([], 0)).toEqual([]);
  });

  test('of two values joined are those that both leave out', () => {
    expect(joinOver([0, 1], [1])).toEqual([1]);
    expect(joinOver([0], [1])).toEqual([]);
    expect(joinOver('tensor', [1])).toEqual([1]);
    expect(joinOver('all', 'tensor')).toBe('tensor');
  });
});
