import { pixelsOf, type Pixels } from '../charts/pixels.ts';

type Colour = readonly [red: number, green: number, blue: number];

const NIGHT: Colour = [0.07, 0.09, 0.13];
const LIGHT: Colour = [1, 0.97, 0.86];
const ORANGE: Colour = [0.88, 0.51, 0.08];
const GRAY: Colour = [0.62, 0.64, 0.67];
const BLUE: Colour = [0.15, 0.44, 0.8];

const between = (from: Colour, to: Colour, share: number): Colour => [
  from[0] + (to[0] - from[0]) * share,
  from[1] + (to[1] - from[1]) * share,
  from[2] + (to[2] - from[2]) * share,
];
const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/** Dark to light, for activations from 0 to `most`. */
export const activationColour =
  (most: number) =>
  (value: number): Colour =>
    between(NIGHT, LIGHT, clamp(most > 0 ? value / most : 0));

/** Orange for what is dropped, gray for what stays as it is, blue for what is doubled or more. */
export const factorColour = (factor: number): Colour =>
  factor < 1 ? between(ORANGE, GRAY, clamp(factor)) : between(GRAY, BLUE, clamp(factor - 1));

/** Maps of one size: `height · width · count` values, of each place those of all maps side by side. */
export interface Maps {
  readonly values: ArrayLike<number>;
  readonly height: number;
  readonly width: number;
  readonly count: number;
}

const COLUMNS = 4;
const GAP = 1;

/** Maps side by side, four a row, with a pixel between that is not painted. */
export function mosaic({ values, height, width, count }: Maps, colourOf: (value: number) => Colour): Pixels {
  const [columns, rows] = [Math.min(COLUMNS, count), Math.ceil(count / COLUMNS)];
  const [across, down] = [columns * (width + GAP) - GAP, rows * (height + GAP) - GAP];
  const colours = new Float32Array(3 * across * down);
  const painted = new Set<number>();
  for (let map = 0; map < count; map += 1)
    for (let i = 0; i < height * width; i += 1) {
      const row = Math.floor(map / columns) * (height + GAP) + Math.floor(i / width);
      const at = row * across + (map % columns) * (width + GAP) + (i % width);
      colours.set(colourOf(values[i * count + map] ?? 0), 3 * at);
      painted.add(at);
    }
  const pixels = pixelsOf(colours, down, across);
  for (let at = 0; at < across * down; at += 1) if (!painted.has(at)) pixels.data[4 * at + 3] = 0;
  return pixels;
}
