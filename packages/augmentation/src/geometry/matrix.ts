import type { Matrix3 } from '@downhill/core';
import { cos, sin } from '@downhill/core/math';

/** In pixels from the top left corner: pixel (column j, row i) covers [j, j + 1] x [i, i + 1]. */
export type Point = readonly [x: number, y: number];

export const IDENTITY: Matrix3 = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/** a b: what b does, then a. */
export function multiply(a: Matrix3, b: Matrix3): Matrix3 {
  const [a0, a1, a2, a3, a4, a5, a6, a7, a8] = a;
  const [b0, b1, b2, b3, b4, b5, b6, b7, b8] = b;
  return [
    a0 * b0 + a1 * b3 + a2 * b6,
    a0 * b1 + a1 * b4 + a2 * b7,
    a0 * b2 + a1 * b5 + a2 * b8,
    a3 * b0 + a4 * b3 + a5 * b6,
    a3 * b1 + a4 * b4 + a5 * b7,
    a3 * b2 + a4 * b5 + a5 * b8,
    a6 * b0 + a7 * b3 + a8 * b6,
    a6 * b1 + a7 * b4 + a8 * b7,
    a6 * b2 + a7 * b5 + a8 * b8,
  ];
}

/** Several, the last one first. */
export const product = (...matrices: readonly Matrix3[]): Matrix3 => matrices.reduce(multiply, IDENTITY);

export const determinantOf = ([a, b, c, d, e, f, g, h, i]: Matrix3): number =>
  a * (e * i - f * h) + d * (c * h - b * i) + g * (b * f - c * e);

/** By the adjugate over the determinant. */
export function invert(matrix: Matrix3): Matrix3 {
  const [a, b, c, d, e, f, g, h, i] = matrix;
  const [A, B, C] = [e * i - f * h, c * h - b * i, b * f - c * e];
  const determinant = determinantOf(matrix);
  return [
    A / determinant,
    B / determinant,
    C / determinant,
    (f * g - d * i) / determinant,
    (a * i - c * g) / determinant,
    (c * d - a * f) / determinant,
    (d * h - e * g) / determinant,
    (b * g - a * h) / determinant,
    (a * e - b * d) / determinant,
  ];
}

export const translation = (x: number, y: number): Matrix3 => [1, 0, x, 0, 1, y, 0, 0, 1];

/** By an angle in degrees: clockwise as one looks at an image, whose y grows downwards. */
export function rotation(degrees: number): Matrix3 {
  const [c, s] = cosineAndSine(degrees);
  return [c, -s, 0, s, c, 0, 0, 0, 1];
}

/** A transform that leaves a point where it is in place of the origin. */
export const about = (x: number, y: number, matrix: Matrix3): Matrix3 => product(translation(x, y), matrix, translation(-x, -y));

/** The point that a matrix makes of (x, y). */
export function mapPoint([a, b, c, d, e, f, g, h, i]: Matrix3, x: number, y: number): Point {
  const w = g * x + h * y + i;
  return [(a * x + b * y + c) / w, (d * x + e * y + f) / w];
}

/** Whether straight lines along the axes stay such, be it along the other axis. */
export const isAxisAligned = ([a, b, , d, e, , g, h]: Matrix3): boolean =>
  g === 0 && h === 0 && ((b === 0 && d === 0) || (a === 0 && e === 0));

/** Of an angle in degrees; exact for quarter turns, so that images turn without rounding. */
export function cosineAndSine(degrees: number): readonly [number, number] {
  const quarters = degrees / 90;
  if (Number.isInteger(quarters)) return QUARTERS[((quarters % 4) + 4) % 4] ?? [1, 0];
  const radians = (degrees * Math.PI) / 180;
  return [cos(radians), sin(radians)];
}

const QUARTERS: readonly (readonly [number, number])[] = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
];
