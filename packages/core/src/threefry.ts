/** Two 32-bit words that select one sequence of random numbers. */
export type Key = readonly [number, number];

/** The parity word of the key schedule. */
export const PARITY = 0x1bd11bda;

/**
 * Threefry-2x32 with 20 rounds: encrypts a counter of two words under a key of two. Every (key, counter) gives two words
 * that pass as random; no state. From additions, rotations and xors of 32 bits, so it is the same everywhere.
 *
 * Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3", section 3.3 and the Random123 library.
 *
 * @example
 * threefry2x32([0, 0], 0, 0); // [0x6b200159, 0x99ba4efe]
 */
export function threefry2x32(key: Key, counter0: number, counter1: number): [number, number] {
  const [k0, k1] = key;
  const k2 = PARITY ^ k0 ^ k1;
  let x0 = (counter0 + k0) | 0;
  let x1 = (counter1 + k1) | 0;
  let [a, b, c] = [k1, k2, k0];
  for (let group = 1; group <= 5; group += 1) {
    const first = (group & 1) === 1;
    x0 = (x0 + x1) | 0;
    x1 = rotate(x1, first ? 13 : 17) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = rotate(x1, first ? 15 : 29) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = rotate(x1, first ? 26 : 16) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = rotate(x1, first ? 6 : 24) ^ x0;
    x0 = (x0 + a) | 0;
    x1 = (x1 + b + group) | 0;
    [a, b, c] = [b, c, a];
  }
  return [x0 >>> 0, x1 >>> 0];
}

const rotate = (word: number, count: number): number => (word << count) | (word >>> (32 - count));
