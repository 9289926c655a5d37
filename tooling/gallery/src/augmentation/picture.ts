/** An image: fractions, [height, width, red green blue]. */
export interface Picture {
  readonly height: number;
  readonly width: number;
  readonly data: Float32Array;
  /** How many pixels of the sheet, along each side, show one of its own. */
  readonly zoom: number;
}

/** What a screen shows of a value. */
export const levelOf = (value: number): number => Math.round(255 * Math.min(1, Math.max(0, value)));

/** Whether two pictures look the same. */
export const isSame = (one: Picture, other: Picture): boolean =>
  one.height === other.height && one.width === other.width && one.data.every((value, i) => levelOf(value) === levelOf(other.data[i] ?? 0));
