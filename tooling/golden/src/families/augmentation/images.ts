import type { Json } from '@downhill/core';
import { replayOf, type Case, type Replay } from '../../cases/case-family.ts';
import type { TensorData } from '../../cases/tensor-data.ts';
import type { Config } from '../../family.ts';
import { replayed } from './replay-operation.ts';

/** A case of one operation on images. */
export interface ImageCase extends Case {
  readonly input: TensorData;
  readonly expected: TensorData;
}

/** Pixels moved, or numbers that have one right result. */
export const EXACT = 0;
/** Of fractions that were worked out in float32. */
export const FRACTIONS = 1e-5;
/** Of levels after a rounding. */
export const LEVELS = 1;

/** Replays a file of one operation: what to make of a config, and what it draws. */
export const imageReplay = (
  make: (config: Config, known: ImageCase) => readonly [operation: unknown, draw: Json],
  { exact = false }: { readonly exact?: boolean | ((config: Config) => boolean) } = {},
): Replay =>
  replayOf<ImageCase>((known, compare) => {
    const ours = replayed(known.input, make(known.config, known));
    const isExact = typeof exact === 'function' ? exact(known.config) : exact;
    compare.absolute('images', ours, known.expected, isExact ? EXACT : known.input.dtype === 'uint8' ? LEVELS : FRACTIONS);
    ours.dispose();
  });
