import type { Border, Interpolation } from '@downhill/core';
import { emptyImage, type Image } from './image.ts';
import type { ResamplePass } from './pass.ts';

const { fround } = Math;

/** Bicubic convolution (Keys 1981, equation 4) with a = −¾, as PyTorch and OpenCV have it. */
const A = -0.75;

/** Pixels along one axis and their weights. */
interface Taps {
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
function inside(index: number, low: number, high: number, border: Border): number | undefined {
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

/** Takes a picture anew; see `GeometryEffect` of core. Positions and weights are in float64, sums in float32. */
export function resample(image: Image, pass: ResamplePass): Image {
  const { matrix, height, width, interpolation, displacement } = pass;
  const result = emptyImage(height, width, image.channels);
  const [a, b, c, d, e, f, g, h, k] = matrix;
  const values = new Float32Array(image.channels);
  for (let row = 0, pixel = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      const x = column + 0.5 + (displacement?.[2 * pixel] ?? 0);
      const y = row + 0.5 + (displacement?.[2 * pixel + 1] ?? 0);
      const w = g * x + h * y + k;
      const across = tapsAt((a * x + b * y + c) / w, interpolation);
      const down = tapsAt((d * x + e * y + f) / w, interpolation);
      const covered = sumTaps(image, pass, across, down, values);
      addFill(values, pass, covered);
      result.data.set(values, pixel * image.channels);
    }
  }
  return result;
}

/** Sums the pixels under the taps; what is outside a constant border is left out. @returns The weight of what is inside. */
function sumTaps({ data, width, channels }: Image, { border, window }: ResamplePass, across: Taps, down: Taps, sums: Float32Array): number {
  let covered = 0;
  sums.fill(0);
  for (const [i, rowWeight] of down.weights.entries()) {
    const row = inside(down.first + i, window.top, window.bottom, border);
    for (const [j, columnWeight] of across.weights.entries()) {
      const column = inside(across.first + j, window.left, window.right, border);
      const weight = rowWeight * columnWeight;
      if (row === undefined || column === undefined || weight === 0) continue;
      covered += weight;
      const from = (row * width + column) * channels;
      for (let channel = 0; channel < channels; channel++)
        sums[channel] = (sums[channel] ?? 0) + fround(fround(weight) * (data[from + channel] ?? 0));
    }
  }
  return covered;
}

function addFill(values: Float32Array, { fill, coveredTwice = false }: ResamplePass, covered: number): void {
  if (fill === undefined) return;
  for (const [channel, value] of values.entries())
    values[channel] =
      (coveredTwice ? fround(value * fround(covered)) : value) + fround(fround(1 - covered) * fround(fill[channel] ?? fill[0] ?? 0));
}
