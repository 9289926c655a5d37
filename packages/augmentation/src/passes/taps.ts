import type { Border, Interpolation } from '@downhill/core';
import type { ResamplePass } from './pass.ts';

/** Bicubic convolution (Keys 1981, equation 4) with a = −¾, as PyTorch and OpenCV have it. */
const A = -0.75;

/** Pixels along one axis and their weights. */
export interface Taps {
  readonly first: number;
  readonly weights: readonly number[];
}

const WEIGHTS: Readonly<Record<Interpolation, (fraction: number) => readonly number[]>> = {
  nearest: () => [1],
  bilinear: (t) => [1 - t, t],
  bicubic: (t) => [outer(t + 1), inner(t), inner(1 - t), outer(2 - t)],
};

const inner = (t: number): number => ((A + 2) * t - (A + 3)) * t * t + 1;
const outer = (t: number): number => ((A * t - 5 * A) * t + 8 * A) * t - 4 * A;

function tapsAt(position: number, interpolation: Interpolation): Taps {
  if (interpolation === 'nearest') return { first: Math.floor(position), weights: WEIGHTS.nearest(0) };
  const left = Math.floor(position - 0.5);
  const weights = WEIGHTS[interpolation](position - 0.5 - left);
  return { first: interpolation === 'bicubic' ? left - 1 : left, weights };
}

/** Where a pixel outside is taken from, along one axis; undefined: it is the fill. */
export function inside(index: number, low: number, high: number, border: Border): number | undefined {
  if (index >= low && index < high) return index;
  const length = high - low;
  const at = index - low;
  switch (border) {
    case 'constant':
      return undefined;
    case 'edge':
      return at < 0 ? low : high - 1;
    case 'wrap':
      return low + modulo(at, length);
    case 'reflect':
      return low + (length === 1 ? 0 : mirrored(at, 2 * length - 2, length));
    default: {
      const place = modulo(at, 2 * length);
      return low + (place < length ? place : 2 * length - 1 - place);
    }
  }
}

const modulo = (value: number, length: number): number => ((value % length) + length) % length;

function mirrored(at: number, period: number, length: number): number {
  const place = modulo(at, period);
  return place < length ? place : period - place;
}

/** Visits each pixel of the result of a resampling with the taps, across and down, that it is a sum over. */
export function eachPixel(pass: ResamplePass, visit: (pixel: number, across: Taps, down: Taps) => void): void {
  const { matrix, height, width, interpolation, displacement } = pass;
  const [a, b, c, d, e, f, g, h, k] = matrix;
  for (let row = 0, pixel = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      const x = column + 0.5 + (displacement?.[2 * pixel] ?? 0);
      const y = row + 0.5 + (displacement?.[2 * pixel + 1] ?? 0);
      const w = g * x + h * y + k;
      visit(pixel, tapsAt((a * x + b * y + c) / w, interpolation), tapsAt((d * x + e * y + f) / w, interpolation));
    }
  }
}
