import { randomStream, type Key } from '@downhill/core';

const PLACES = 2 ** 52;

/** Number `i` of a stream, even over the 2⁵² multiples of 2⁻⁵² in [0, 1). */
export const uniformAt = (key: Key, i = 0): number => randomStream(key).integerBelow(i, PLACES) / PLACES;
