import { checkNumber } from './check.ts';
import { boxMuller, UNIT, UNIT_16, type Arithmetic } from './expression/float32.ts';
import { threefry2x32, type Key } from './threefry.ts';

const TWO_21 = 2097152;
const TWO_32 = 4294967296;
const TWO_53 = 9007199254740992;
const f = Math.fround;
// Integers are kept signed, which engines hold without a heap object.
function float32Numbers(): Arithmetic<number, number, boolean> {
  const cell = new Float32Array(1);
  const bits = new Int32Array(cell.buffer);
  return {
    add: (a, b) => f(f(a) + f(b)),
    sub: (a, b) => f(f(a) - f(b)),
    mul: (a, b) => f(f(a) * f(b)),
    div: (a, b) => f(f(a) / f(b)),
    sqrt: (a) => f(Math.sqrt(a)),
    select: (condition, a, b) => (condition ? a : b),
    integerAdd: (a, b) => (a + b) | 0,
    integerXor: (a, b) => a ^ b,
    integerAnd: (a, b) => a & b,
    integerLess: (a, b) => a >>> 0 < b,
    shiftLeft: (a, count) => a << count,
    shiftRight: (a, count) => a >>> count,
    toNumber: (a) => f(a | 0),
    bitsOf(a) {
      cell[0] = a;
      return bits[0] ?? 0;
    },
    fromBits(a) {
      bits[0] = a;
      return cell[0] ?? 0;
    },
  };
}

const float32: Arithmetic<number, number, boolean> = /* @__PURE__ */ float32Numbers();

/** The lower and upper word of a safe integer; of a negative one in two's complement. */
const wordsOf = (value: number): Key => [value >>> 0, Math.floor(value / TWO_32) >>> 0];

/**
 * Folds a string into two words: key ← threefry2x32(key, w₀, w₁) over its UTF-8, padded with zeros to at least one block of
 * eight bytes, each two little-endian words; the key starts as the number of bytes and 0.
 */
function hash(text: string): Key {
  const bytes = new TextEncoder().encode(text);
  const padded = new DataView(new ArrayBuffer(Math.max(8, Math.ceil(bytes.length / 8) * 8)));
  bytes.forEach((byte, i) => padded.setUint8(i, byte));
  let key: Key = [bytes.length, 0];
  for (let i = 0; i < padded.byteLength; i += 8) key = threefry2x32(key, padded.getUint32(i, true), padded.getUint32(i + 4, true));
  return key;
}

/**
 * The key of a named stream of random numbers: one for every seed and list of parts, such as a name, a step and an index.
 *
 *     key ← words of the seed;  for each part: key ← threefry2x32(key, w₀, w₁ xor 2³¹)
 *
 * w₀ and w₁ are the lower and upper word of a number, or the hash of a string. The flipped bit keeps keys that come of a
 * number apart from the stream's own random numbers. A part more is another stream: `streamKey(1, 'a', 2)` has nothing to do
 * with `streamKey(1, 'a')`.
 *
 * @example
 * streamKey(42, 'dropout', layer, step);
 *
 * @throws DownhillError `invalid-argument` when the seed or a part that is a number is not a safe integer.
 */
export function streamKey(seed: number, ...parts: readonly (string | number)[]): Key {
  checkNumber('streamKey', { seed }, { integer: true });
  return subKey(wordsOf(seed), ...parts);
}

/**
 * The key of a stream below another's: `subKey(streamKey(1, 'a'), 2)` is `streamKey(1, 'a', 2)`.
 *
 * @example
 * subKey(streamKey(42, 'dropout'), layer, step);
 *
 * @throws DownhillError `invalid-argument` when a part that is a number is not a safe integer.
 */
export function subKey(from: Key, ...parts: readonly (string | number)[]): Key {
  return parts.reduce<Key>((key, part) => {
    if (typeof part !== 'string') checkNumber('streamKey', { part }, { integer: true });
    const [w0, w1] = typeof part === 'string' ? hash(part) : wordsOf(part);
    return threefry2x32(key, w0, (w1 ^ 0x80000000) >>> 0);
  }, from);
}

/**
 * The random numbers of one key. Each is a function of the key and its place `i`, a safe integer from 0 on: nothing is
 * remembered, and they may be asked for in any order. All functions read the same words: a stream has one use.
 */
export interface RandomStream {
  readonly key: Key;
  /** A whole number from 0 to 2³² − 1. */
  uint32At(i: number): number;
  /** Even over the 2²⁴ multiples of 2⁻²⁴ in [0, 1), all of which are float32. */
  uniformAt(i: number): number;
  /**
   * Even over the 2¹⁶ multiples of 2⁻¹⁶ in [0, 1). Four places share the two words of a block, so that it costs a quarter:
   * i takes quarter ⌊i / 4⌋ mod 4 of block 4 ⌊i / 16⌋ + i mod 4, and four neighbours those of four blocks.
   */
  uniform16At(i: number): number;
  /** Normal with mean 0 and variance 1, a float32 below 5.77 in size. Box & Muller 1958; see `boxMuller`. */
  normalAt(i: number): number;
  /** True with a probability, which counts to 2⁻²⁴. */
  bernoulliAt(i: number, probability: number): boolean;
  /** A whole number from 0 to n − 1, all equally likely; n is a safe integer from 1 on. */
  integerBelow(i: number, n: number): number;
  /** The numbers from 0 to n − 1 in random order, all orders equally likely as far as 64 bits of key go. */
  permutation(n: number): Uint32Array;
}

/**
 * The random numbers under a key; see {@link streamKey}.
 *
 * Element i comes of threefry2x32(key, i mod 2³², ⌊i / 2³²⌋): the same integers in every backend's kernels.
 *
 * @example
 * const noise = randomStream(streamKey(42, 'noise'));
 * noise.uniformAt(7) === noise.uniformAt(7); // true
 *
 * @throws DownhillError `invalid-argument` from its functions, for a place that is not a safe integer from 0 on.
 */
export function randomStream(key: Key): RandomStream {
  const words = (i: number, attempt = 0): [number, number] => {
    if (!(i >= 0 && Number.isSafeInteger(i))) checkNumber('randomStream', { i }, { min: 0, integer: true });
    return threefry2x32(key, i >>> 0, Math.floor(i / TWO_32) + attempt * TWO_21);
  };
  const uniformAt = (i: number): number => (words(i)[0] >>> 8) * UNIT;
  const integerBelow = (i: number, n: number): number => {
    if (!(n >= 1 && Number.isSafeInteger(n))) checkNumber('integerBelow', { n }, { min: 1, integer: true });
    return below(n, (attempt) => words(i, attempt));
  };
  return Object.freeze({
    key,
    uint32At: (i) => words(i)[0],
    uniformAt,
    uniform16At(i) {
      const word = words(4 * Math.floor(i / 16) + (i % 4))[(i & 8) === 0 ? 0 : 1];
      return ((i & 4) === 0 ? word & 0xffff : word >>> 16) * UNIT_16;
    },
    normalAt(i) {
      const [w0, w1] = words(i);
      return boxMuller(float32, w0, w1);
    },
    bernoulliAt: (i, probability) => uniformAt(i) < probability,
    integerBelow,
    permutation: (n) => shuffled(n, integerBelow),
  } satisfies RandomStream);
}

/** Two words give 53 bits; those in the last, incomplete run of n are drawn again, from a counter that no element has. */
function below(n: number, words: (attempt: number) => Key): number {
  const end = TWO_53 - (TWO_53 % n);
  for (let attempt = 0; ; attempt += 1) {
    const [w0, w1] = words(attempt);
    const value = w0 * TWO_21 + (w1 >>> 11);
    if (value < end) return value % n;
  }
}

/** Fisher & Yates, from the end. */
function shuffled(n: number, integerBelow: (i: number, n: number) => number): Uint32Array {
  checkNumber('permutation', { n }, { min: 0, max: TWO_32 - 1, integer: true });
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i -= 1) {
    const j = integerBelow(i, i + 1);
    [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
  }
  return order;
}
