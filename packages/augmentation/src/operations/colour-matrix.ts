import type { ColourEffect } from '@downhill/core';
import { GRAY } from '../passes/gray.ts';

/** Each channel times a factor and plus an offset. */
export const perChannel = (channels: number, factor: (channel: number) => number, offset: (channel: number) => number): readonly number[] =>
  Array.from({ length: channels * (channels + 1) }, (_, index) => {
    const [row, column] = [Math.floor(index / (channels + 1)), index % (channels + 1)];
    return column === channels ? offset(row) : row === column ? factor(row) : 0;
  });

/** A share of the colours and the rest of gray, for red, green and blue. */
export const towardsGray = (share: number): ColourEffect => ({
  kind: 'colour',
  matrix: [0, 1, 2].flatMap((row) => [...GRAY.map((weight, column) => (1 - share) * weight + (row === column ? share : 0)), 0]),
  clamp: true,
  colourShare: share,
});
