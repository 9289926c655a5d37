import { checkNumber, DownhillError, show, streamKey, type Key } from '@downhill/core';
import type { Execution } from '@downhill/tfjs';
import { cast, Tensor } from '@tensorflow/tfjs-core';

/** Where a function's random numbers come from, and how it runs. Give a seed, a key, or the draws themselves. */
export interface Randomness {
  /** A safe integer: the same seed, the same numbers. */
  readonly seed?: number;
  /** The key of a stream, as `streamKey` of core makes it: what a layer uses, a new one at every step. */
  readonly key?: Key;
  /** `'ops'` runs tfjs operations, for comparison. @defaultValue 'fused' */
  readonly execution?: Execution;
}

/** The stream's key, or `undefined` where the draws are given. @throws DownhillError `invalid-argument` unless one source is. */
export function keyFrom(source: string, { seed, key }: Randomness, draws: Readonly<Record<string, Tensor | undefined>>): Key | undefined {
  const given = Object.entries({ seed, key, ...draws }).filter(([, value]) => value !== undefined);
  const wanted = [
    '`seed`',
    '`key`',
    Object.keys(draws)
      .map((name) => `\`${name}\``)
      .join(' and '),
  ].join(', or ');
  const drawn = given.every(([name]) => name in draws) && given.length === Object.keys(draws).length;
  if (!drawn && given.length !== 1)
    throw new DownhillError({
      code: 'invalid-argument',
      source,
      problem: `one source of randomness must be given (${wanted}), got ${given.map(([name]) => name).join(' and ') || 'none'}`,
      advice: 'Pass seed: 42, or a key of streamKey(seed, name, step) that is another at every step.',
    });
  if (drawn) return undefined;
  if (seed !== undefined) checkNumber(source, { seed }, { integer: true });
  if (key !== undefined) checkKey(source, key);
  return key ?? streamKey(seed ?? 0, source);
}

/** @throws DownhillError `invalid-argument` for what is no key. */
export function checkKey(source: string, key: unknown): asserts key is Key {
  if (Array.isArray(key) && key.length === 2 && key.every((word) => typeof word === 'number')) return;
  throw new DownhillError({
    code: 'invalid-argument',
    source,
    problem: `\`key\` must be the key of a stream, got ${show(key)}`,
    advice: 'streamKey(seed, name, step) of @downhill/core makes one.',
  });
}

/** @throws DownhillError `invalid-argument` outside [0, 1) */
export function checkRate(source: string, rate: number): void {
  checkNumber(source, { rate }, { min: 0, below: 1 }, 'It is the share that is dropped: 0.5 drops half.');
}

/** @throws DownhillError `invalid-argument` for what is no float32 tensor. */
export function checkInput(source: string, name: string, value: unknown): asserts value is Tensor {
  if (value instanceof Tensor && value.dtype === 'float32') return;
  throw new DownhillError({
    code: 'invalid-argument',
    source,
    problem: `\`${name}\` must be a float32 tensor, got ${value instanceof Tensor ? `one of ${value.dtype}` : show(value)}`,
    advice: "Convert it with tf.cast(x, 'float32').",
  });
}

/** @throws DownhillError `shape-mismatch` where draws that were given have another shape than is wanted. */
export function checkDraws(source: string, name: string, draws: Tensor, shape: readonly number[]): void {
  if (draws instanceof Tensor && draws.shape.join() === shape.join()) return;
  throw new DownhillError({
    code: 'shape-mismatch',
    source,
    problem: `\`${name}\` must be a tensor of the shape [${shape.join(', ')}], got ${draws instanceof Tensor ? `[${draws.shape.join(', ')}]` : show(draws)}`,
  });
}

/** Draws as float32; a mask may be of integers or booleans. */
export function float32(draws: Tensor | undefined): Tensor {
  if (draws === undefined) throw new TypeError('neither a key nor draws');
  return cast(draws, 'float32');
}
