import { randomStream, streamKey } from '@downhill/core';

/** Draws of one run's settings, one after the other. */
export interface Draws {
  uniform(from: number, to: number): number;
  /** Even in the logarithm. */
  logUniform(from: number, to: number): number;
  /** A whole number, both ends included. */
  whole(from: number, to: number): number;
  oneOf<T>(choices: readonly T[]): T;
}

export function drawsOf(seed: number): Draws {
  const stream = randomStream(streamKey(seed, 'provoked runs'));
  let at = 0;
  const uniform = (from: number, to: number): number => from + (to - from) * stream.uniformAt(at++);
  const whole = (from: number, to: number): number => from + stream.integerBelow(at++, to - from + 1);
  return {
    uniform,
    whole,
    logUniform: (from, to) => from * (to / from) ** uniform(0, 1),
    oneOf: <T>(choices: readonly T[]) => choices[whole(0, choices.length - 1)] as T,
  };
}
