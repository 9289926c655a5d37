import type { ColourEffect } from '@downhill/core';

/**
 * Two colour matrices as one, which cuts values off at the end only; undefined where the first cuts off and the second, such as a
 * normalization, does not.
 */
export function joinColours(first: ColourEffect, second: ColourEffect): ColourEffect | undefined {
  if (first.clamp && !second.clamp) return undefined;
  const channels = channelsOf(first);
  const columns = channels + 1;
  const matrix = second.matrix.map((_, index) => {
    const [row, column] = [Math.floor(index / columns), index % columns];
    let sum = column === channels ? (second.matrix[index] ?? 0) : 0;
    for (let k = 0; k < channels; k++) sum += (second.matrix[row * columns + k] ?? 0) * (first.matrix[k * columns + column] ?? 0);
    return sum;
  });
  return { kind: 'colour', matrix, clamp: second.clamp };
}

/** A matrix of n rows has n (n + 1) values. */
export const channelsOf = ({ matrix }: ColourEffect): number => Math.round((Math.sqrt(4 * matrix.length + 1) - 1) / 2);
