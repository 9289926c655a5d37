import { CLASSES, SIDE, type Mnist } from '../../recipe/mnist.ts';
import type { RecipeResult } from '../../recipe/run-recipe.ts';

/** What a finished run came to, as plain data for a page. */
export interface Judged {
  readonly hash: string;
  readonly examples: number;
  readonly chosen: string;
  readonly candidates: readonly JudgedCandidate[];
  readonly confusion: readonly (readonly number[])[];
  readonly mistakes: readonly JudgedMistake[];
}

export interface JudgedCandidate {
  readonly name: string;
  /** On the test images. */
  readonly accuracy: number;
  readonly negativeLogLikelihood: number;
  readonly calibrationError: number;
}

export interface JudgedMistake {
  readonly digit: number;
  readonly answer: number;
  readonly confidence: number;
  /** 28 x 28 of 0 (black) to 255. */
  readonly pixels: Uint8Array;
}

export function judgedOf({ hash, examples, chosen, candidates, confusion, mistakes }: RecipeResult, { test }: Mnist): Judged {
  const size = SIDE * SIDE;
  return {
    ...{ hash, examples, chosen: chosen.name, confusion },
    candidates: candidates.map(({ name, test: { accuracy, negativeLogLikelihood, calibrationError } }) => ({
      ...{ name, accuracy, negativeLogLikelihood, calibrationError },
    })),
    mistakes: mistakes.map(({ index, digit, answer, confidence }) => ({
      ...{ digit, answer, confidence },
      pixels: Uint8Array.from(test.xs.values.subarray(index * size, (index + 1) * size)),
    })),
  };
}

/** The digits as names. */
export const DIGITS: readonly string[] = Array.from({ length: CLASSES }, (_, digit) => String(digit));
