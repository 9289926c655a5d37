import { augmentation, checkNumber, type Augmentation } from '@downhill/core';
import { perChannel } from '../operations/colour-matrix.ts';
import { endsOf, type Pair } from './range.ts';

/** Keras's default: levels. */
export const LEVELS: Pair = [0, 255];

/** The ends of the images' values, the lower first. @throws DownhillError `invalid-argument` for what is no range. */
export function valueRangeOf(source: string, valueRange: unknown): Pair {
  const [first, second] = endsOf(source, 'valueRange', valueRange);
  const [low, high] = first <= second ? [first, second] : [second, first];
  checkNumber(source, { 'valueRange[0]': low, 'valueRange[1]': high });
  checkNumber(source, { 'valueRange[1]': high }, { above: low });
  return [low, high];
}

/** Operations that see fractions, 0 for the lower end and 1 for the upper one, on images of a range of values. */
export const inRange = ([low, high]: Pair, operation: Augmentation): readonly Augmentation[] =>
  low === 0 && high === 1
    ? [operation]
    : [line('toFractions', 1 / (high - low), -low / (high - low)), operation, line('fromFractions', high - low, low)];

/** Every value times a factor and plus an offset. */
const line = (name: string, factor: number, offset: number): Augmentation<null> =>
  augmentation<null>({
    name,
    config: { factor, offset },
    draw: () => null,
    apply: (_, { channels }) => [
      {
        kind: 'colour',
        matrix: perChannel(
          channels,
          () => factor,
          () => offset,
        ),
        clamp: false,
      },
    ],
  });
