import { randomStream, type Key, type RandomStream } from '@downhill/core';

const PLACES = 2 ** 52;

/** Number `i` of a stream, even over the 2⁵² multiples of 2⁻⁵² in [0, 1). */
export const uniformOf = (stream: RandomStream, i: number): number => stream.integerBelow(i, PLACES) / PLACES;

/** {@link uniformOf} of the stream under a key. */
export const uniformAt = (key: Key, i = 0): number => uniformOf(randomStream(key), i);
