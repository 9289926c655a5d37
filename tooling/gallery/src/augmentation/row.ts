import type { Augmentation, Json } from '@downhill/core';
import { applied } from './applied.ts';
import type { Picture } from './picture.ts';
import type { Exported, Row } from './sheet.ts';

/** An operation as a cell shows it. */
export interface Shown {
  /** Its arguments, a line each. */
  readonly caption: string | readonly string[];
  readonly operation: Augmentation | readonly Augmentation[];
  /** What it draws, where no argument decides that. */
  readonly draw?: Json;
  /** Another picture than the row's. */
  readonly on?: Picture;
  readonly isSame?: boolean;
}

/** A row of an operation on a picture. */
export const row = (of: Exported, notes: readonly string[], picture: Picture, shown: readonly Shown[]): Row => ({
  of,
  notes,
  cells: shown.map(({ caption, operation, draw, on = picture, isSame = false }) => ({
    caption: typeof caption === 'string' ? [caption] : caption,
    before: on,
    after: applied(on, [operation].flat(), draw === undefined ? undefined : [draw]),
    isSame,
    marks: [],
  })),
});

/** A cell for each magnitude; at `still` nothing happens. */
export const each = <Magnitude>(
  magnitudes: readonly Magnitude[],
  still: Magnitude | undefined,
  shown: (magnitude: Magnitude) => Shown,
): readonly Shown[] => magnitudes.map((magnitude) => ({ ...shown(magnitude), isSame: magnitude === still }));
