import { assert, integer, maxSafeInteger, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cos, log } from './math.ts';
import { randomStream, streamKey, subKey } from './random.ts';
import { threefry2x32 } from './threefry.ts';

const hex = (words: readonly number[]): string => words.map((word) => word.toString(16).padStart(8, '0')).join(' ');
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('threefry2x32', () => {
  // Random123 1.14, tests/kat_vectors: threefry 2x32 with 20 rounds; counter, key, result.
  test.each([
    [0x00000000, 0x00000000, 0x00000000, 0x00000000, '6b200159 99ba4efe'],
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, '1cb996fc bb002be7'],
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 'c4923a9c 483df7a0'],
  ])('gives the published vector for the counter %i %i', (counter0, counter1, key0, key1, result) => {
    expect(hex(threefry2x32([key0, key1], counter0, counter1))).toBe(result);
  });
});

describe('streamKey', () => {
  test('is the same on every machine', () => {
    expect(hex(streamKey(0))).toBe('00000000 00000000');
    expect(hex(streamKey(-1))).toBe('ffffffff ffffffff');
    expect(hex(streamKey(2 ** 40 + 5))).toBe('00000005 00000100');
    expect(hex(streamKey(42, 'noise'))).toBe('b91a8713 4b651727');
    expect(hex(streamKey(42, 'a name of more than eight bytes: π', -7, 2 ** 50))).toBe('4b943196 80cef536');
  });

  test('differs for every other seed, part and order of parts', () => {
    const keys = [
      streamKey(1),
      streamKey(-1),
      streamKey(1, ''),
      streamKey(1, 0),
      streamKey(1, '', ''),
      streamKey(1, 'a'),
      streamKey(1, 'a\0'),
      streamKey(1, 'b'),
      streamKey(1, '1'),
      streamKey(1, 1),
      streamKey(1, -1),
      streamKey(1, 2 ** 32),
      streamKey(1, 'a', 'b'),
      streamKey(1, 'b', 'a'),
      streamKey(1, 'ab'),
      streamKey(1, 'a', 1),
      streamKey(1, 1, 'a'),
      streamKey(2, 'a'),
      streamKey(2 ** 32 + 1, 'a'),
    ].map(hex);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('chains: each part turns the key of what comes before it', () => {
    assert(
      property(maxSafeInteger(), string(), maxSafeInteger(), (seed, name, part) => {
        const high = Number(BigInt.asUintN(32, BigInt(part) >> 32n));
        expect(streamKey(seed, name, part)).toEqual(threefry2x32(streamKey(seed, name), part >>> 0, high ^ 0x80000000));
      }),
    );
  });

  test('is never made of the numbers of the stream that it was derived from', () => {
    const parent = streamKey(3, 'parent');
    for (let i = 0; i < 100; i += 1) expect(streamKey(3, 'parent', i)).not.toEqual(threefry2x32(parent, i, 0));
  });

  test.each([
    [() => streamKey(0.5), '`seed`'],
    [() => streamKey(Number.NaN), '`seed`'],
    [() => streamKey(2 ** 53), '`seed`'],
    [() => streamKey(1, 'a', 1.5), '`part`'],
  ])('refuses what is not a safe integer: %s', (call, name) => {
    expect(call).toThrow(expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(name) as string }));
  });
});

describe('subKey', () => {
  test('goes on where streamKey ended', () => {
    expect(subKey(streamKey(1, 'a'), 2, 'b')).toEqual(streamKey(1, 'a', 2, 'b'));
    expect(() => subKey([0, 0], 0.5)).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
  });
});

describe('randomStream', () => {
  const stream = randomStream(streamKey(7, 'test'));
  const places = Array.from({ length: 20_000 }, (_, i) => i);

  test('is the same on every machine', () => {
    expect([0, 1, 2 ** 32, 2 ** 53 - 1].map(stream.uint32At)).toEqual([1616139395, 4001907420, 3405664520, 2666705523]);
    expect([0, 1, 2 ** 32].map(stream.uniformAt)).toEqual([0.37628674507141113, 0.9317666292190552, 0.7929430603981018]);
    expect([0, 1, 2 ** 32].map(stream.normalAt)).toEqual([-1.374847412109375, 0.36663803458213806, -0.6798651218414307]);
    expect([0, 1, 2].map((i) => stream.integerBelow(i, 1000))).toEqual([631, 320, 182]);
    expect([...stream.permutation(10)]).toEqual([8, 2, 5, 9, 7, 0, 1, 3, 4, 6]);
  });

  test('numbers are functions of their place, whatever was asked before', () => {
    const before = stream.normalAt(3);
    stream.permutation(100);
    expect(stream.normalAt(3)).toBe(before);
  });

  test('element i takes the counter (i mod 2³², ⌊i / 2³²⌋)', () => {
    expect(stream.uint32At(5)).toBe(threefry2x32(stream.key, 5, 0)[0]);
    expect(stream.uint32At(3 * 2 ** 32 + 5)).toBe(threefry2x32(stream.key, 5, 3)[0]);
  });

  test('uniform numbers are multiples of 2⁻²⁴ in [0, 1), with the moments of the uniform distribution', () => {
    const values = places.map(stream.uniformAt);
    expect(values.every((u) => u >= 0 && u < 1 && Number.isInteger(u * 2 ** 24))).toBe(true);
    // Standard errors: 0.2887 / √20000 = 0.0020 of the mean, 0.2981 / √20000 of the mean square.
    expect(Math.abs(mean(values) - 1 / 2)).toBeLessThan(4 * 0.002);
    expect(Math.abs(mean(values.map((u) => u * u)) - 1 / 3)).toBeLessThan(4 * 0.0021);
    expect(Math.abs(mean(values.slice(1).map((u, i) => (u - 0.5) * ((values[i] ?? 0) - 0.5))))).toBeLessThan(4 * 0.0006);
  });

  test('uniform numbers of sixteen bits are multiples of 2⁻¹⁶, each of its own half word of sixteen places’ four blocks', () => {
    const values = places.map(stream.uniform16At);
    expect(values.every((u) => u >= 0 && u < 1 && Number.isInteger(u * 2 ** 16))).toBe(true);
    expect(Math.abs(mean(values) - 1 / 2)).toBeLessThan(4 * 0.002);
    expect(Math.abs(mean(values.map((u) => u * u)) - 1 / 3)).toBeLessThan(4 * 0.0021);
    // Places that share a block are as independent as neighbours.
    for (const distance of [1, 4, 8, 12])
      expect(Math.abs(mean(values.slice(distance).map((u, i) => (u - 0.5) * ((values[i] ?? 0) - 0.5))))).toBeLessThan(4 * 0.0006);
    const halves = [0, 1, 2, 3].flatMap((block) => threefry2x32(stream.key, block, 0).flatMap((word) => [word & 0xffff, word >>> 16]));
    const ofSixteen = Array.from({ length: 16 }, (_, i) => stream.uniform16At(i) * 2 ** 16);
    expect(ofSixteen.toSorted((a, b) => a - b)).toEqual(halves.toSorted((a, b) => a - b));
    expect(stream.uniform16At(16 + 5) * 2 ** 16).toBe(threefry2x32(stream.key, 5, 0)[0] >>> 16);
  });

  test('normal numbers are float32 with the moments of the normal distribution', () => {
    const values = places.map(stream.normalAt);
    expect(values.every((z) => Math.fround(z) === z && Math.abs(z) < 5.77)).toBe(true);
    // Standard errors of the moments 1 to 4 of n numbers: √(1, 2, 15, 96) / √n.
    [0, 1, 0, 3].forEach((moment, i) => {
      const error = Math.sqrt([1, 2, 15, 96][i]! / values.length);
      expect(Math.abs(mean(values.map((z) => z ** (i + 1))) - moment)).toBeLessThan(4 * error);
    });
    const below = (limit: number) => mean(values.map((z) => Number(z < limit)));
    expect(Math.abs(below(1) - 0.8413)).toBeLessThan(4 * 0.0026);
    expect(Math.abs(below(-2) - 0.0228)).toBeLessThan(4 * 0.0011);
  });

  test('normal numbers follow Box and Muller to a few roundings of float32', () => {
    for (const i of places) {
      const [w0, w1] = threefry2x32(stream.key, i, 0);
      const radius = Math.sqrt(-2 * log(((w0 >>> 8) + 1) * 2 ** -24));
      const truth = radius * cos(2 * Math.PI * (w1 >>> 8) * 2 ** -24);
      // The angle is rounded twice, by 2⁻²⁴ π/4 in all: next to a zero of the cosine that is an absolute error.
      expect(Math.abs(stream.normalAt(i) - truth)).toBeLessThan(2 ** -23 * Math.abs(truth) + 2 ** -24 * radius);
    }
  });

  test('bernoulliAt holds with its probability', () => {
    expect(Math.abs(mean(places.map((i) => Number(stream.bernoulliAt(i, 0.3)))) - 0.3)).toBeLessThan(4 * 0.0033);
    expect(places.some((i) => stream.bernoulliAt(i, 0))).toBe(false);
    expect(places.every((i) => stream.bernoulliAt(i, 1))).toBe(true);
  });

  test('integerBelow gives all of 0 to n − 1 equally often', () => {
    const counts = Array.from({ length: 7 }, () => 0);
    for (const i of places) counts[stream.integerBelow(i, 7)]! += 1;
    const chi = counts.reduce((sum, count) => sum + (count - 20_000 / 7) ** 2 / (20_000 / 7), 0);
    expect(chi).toBeLessThan(22.5); // 99.9 % of χ² with 6 degrees of freedom
  });

  test('integerBelow draws again, from counters of its own, where the draw lies in the last, incomplete run of n', () => {
    const n = 2 ** 52 + 1; // nearly every second draw does
    const draw = (i: number, attempt: number): number => {
      const [w0, w1] = threefry2x32(stream.key, i, attempt * 2 ** 21);
      return w0 * 2 ** 21 + (w1 >>> 11);
    };
    for (const i of places.slice(0, 1000)) {
      const expected = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((attempt) => draw(i, attempt)).find((value) => value < n);
      expect(stream.integerBelow(i, n)).toBe(expected);
    }
  });

  test('permutation holds each number once, and all orders are equally likely', () => {
    assert(
      property(integer({ min: 0, max: 300 }), (n) => {
        expect([...stream.permutation(n)].toSorted((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      }),
    );
    expect(stream.permutation(0)).toHaveLength(0);
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 6000; seed += 1) {
      const order = randomStream(streamKey(seed, 'orders')).permutation(3).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    const chi = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(counts.size).toBe(6);
    expect(chi).toBeLessThan(20.5); // 99.9 % of χ² with 5 degrees of freedom
  });

  test.each([
    [() => stream.uniformAt(-1), '`i`'],
    [() => stream.uniform16At(-1), '`i`'],
    [() => stream.normalAt(0.5), '`i`'],
    [() => stream.uint32At(Number.NaN), '`i`'],
    [() => stream.integerBelow(0, 0), '`n`'],
    [() => stream.permutation(-1), '`n`'],
  ])('refuses places and bounds that do not exist: %s', (call, name) => {
    expect(call).toThrow(expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(name) as string }));
  });
});
