/** The kernels' sums as plain float64 loops, each with what its rounding errors may come to. */
import type { Geometry } from '../src/geometry.ts';

/** Sums in float64, the sums of their terms' absolute values, and the number of terms. */
export interface Sums {
  readonly values: Float64Array;
  readonly magnitudes: Float64Array;
  readonly terms: Int32Array;
}

const sums = (size: number): Sums => ({
  values: new Float64Array(size),
  magnitudes: new Float64Array(size),
  terms: new Int32Array(size),
});

export function addTerm({ values, magnitudes, terms }: Sums, at: number, term: number): void {
  values[at]! += term;
  magnitudes[at]! += Math.abs(term);
  terms[at]! += 1;
}

const HALF_ULP = 2 ** -24;

/**
 * The first value of `actual` that float32 arithmetic cannot explain, as a sentence; undefined when there is none. A sum of n
 * products, in any order, is off by at most about n + 1 roundings of the sum of the absolute products.
 */
export function worstMismatch(actual: ArrayLike<number>, { values, magnitudes, terms }: Sums): string | undefined {
  if (actual.length !== values.length) return `has ${actual.length} values instead of ${values.length}`;
  for (const [i, value] of values.entries()) {
    const allowed = (terms[i]! + 2) * HALF_ULP * magnitudes[i]!;
    if (!(Math.abs(actual[i]! - value) <= allowed)) return `value ${i} is ${actual[i]} instead of ${value} ± ${allowed}`;
  }
  return undefined;
}

/** A pair of an output pixel and a tap that lies inside the image. */
interface Touch {
  readonly inPixel: number;
  readonly outPixel: number;
  readonly tap: number;
}

/** All pairs of output pixel and tap inside the image, in the order of the output pixels. */
function* touches(g: Geometry): Generator<Touch> {
  let outPixel = 0;
  for (let b = 0; b < g.batchSize; b++) {
    for (let outRow = 0; outRow < g.outHeight; outRow++) {
      for (let outColumn = 0; outColumn < g.outWidth; outColumn++, outPixel++) {
        for (let tap = 0; tap < g.filterHeight * g.filterWidth; tap++) {
          const row = outRow * g.strideHeight - g.padInfo.top + Math.floor(tap / g.filterWidth) * g.dilationHeight;
          const column = outColumn * g.strideWidth - g.padInfo.left + (tap % g.filterWidth) * g.dilationWidth;
          if (row < 0 || row >= g.inHeight || column < 0 || column >= g.inWidth) continue;
          yield { inPixel: (b * g.inHeight + row) * g.inWidth + column, outPixel, tap };
        }
      }
    }
  }
}

type Values = ArrayLike<number>;

export const inSize = (g: Geometry): number => g.batchSize * g.inHeight * g.inWidth * g.inChannels;
export const outSize = (g: Geometry): number => g.batchSize * g.outHeight * g.outWidth * g.outChannels;

export function conv2d(g: Geometry, x: Values, w: Values): Sums {
  const y = sums(outSize(g));
  for (const { inPixel, outPixel, tap } of touches(g)) {
    for (let i = 0; i < g.inChannels; i++) {
      for (let o = 0; o < g.outChannels; o++) {
        addTerm(y, outPixel * g.outChannels + o, x[inPixel * g.inChannels + i]! * w[(tap * g.inChannels + i) * g.outChannels + o]!);
      }
    }
  }
  return y;
}

export function depthwiseConv2d(g: Geometry, x: Values, w: Values): Sums {
  const y = sums(outSize(g));
  const multiplier = g.outChannels / g.inChannels;
  for (const { inPixel, outPixel, tap } of touches(g)) {
    for (let o = 0; o < g.outChannels; o++) {
      addTerm(y, outPixel * g.outChannels + o, x[inPixel * g.inChannels + Math.floor(o / multiplier)]! * w[tap * g.outChannels + o]!);
    }
  }
  return y;
}

/** The largest value of each window, NaN passed over. */
export function maxPool(g: Geometry, x: Values): number[] {
  const y = new Array<number>(outSize(g)).fill(-Infinity);
  for (const { inPixel, outPixel } of touches(g)) {
    for (let c = 0; c < g.inChannels; c++) {
      const at = outPixel * g.inChannels + c;
      if (x[inPixel * g.inChannels + c]! > y[at]!) y[at] = x[inPixel * g.inChannels + c]!;
    }
  }
  return y;
}

/** The mean of each window, padding left out. */
export function avgPool(g: Geometry, x: Values): Sums {
  const y = sums(outSize(g));
  for (const { inPixel, outPixel } of touches(g)) {
    for (let c = 0; c < g.inChannels; c++) addTerm(y, outPixel * g.inChannels + c, x[inPixel * g.inChannels + c]!);
  }
  for (const i of y.values.keys()) {
    y.values[i]! /= y.terms[i]!;
    y.magnitudes[i]! /= y.terms[i]!;
  }
  return y;
}

export function conv2dBackpropFilter(g: Geometry, x: Values, dy: Values): Sums {
  const dw = sums(g.filterHeight * g.filterWidth * g.inChannels * g.outChannels);
  for (const { inPixel, outPixel, tap } of touches(g)) {
    for (let i = 0; i < g.inChannels; i++) {
      for (let o = 0; o < g.outChannels; o++) {
        addTerm(dw, (tap * g.inChannels + i) * g.outChannels + o, x[inPixel * g.inChannels + i]! * dy[outPixel * g.outChannels + o]!);
      }
    }
  }
  return dw;
}

export function conv2dBackpropInput(g: Geometry, dy: Values, w: Values): Sums {
  const dx = sums(inSize(g));
  for (const { inPixel, outPixel, tap } of touches(g)) {
    for (let i = 0; i < g.inChannels; i++) {
      for (let o = 0; o < g.outChannels; o++) {
        addTerm(dx, inPixel * g.inChannels + i, dy[outPixel * g.outChannels + o]! * w[(tap * g.inChannels + i) * g.outChannels + o]!);
      }
    }
  }
  return dx;
}

export function depthwiseBackpropFilter(g: Geometry, x: Values, dy: Values): Sums {
  const dw = sums(g.filterHeight * g.filterWidth * g.outChannels);
  const multiplier = g.outChannels / g.inChannels;
  for (const { inPixel, outPixel, tap } of touches(g)) {
    for (let o = 0; o < g.outChannels; o++) {
      const i = Math.floor(o / multiplier);
      addTerm(dw, tap * g.outChannels + o, x[inPixel * g.inChannels + i]! * dy[outPixel * g.outChannels + o]!);
    }
  }
  return dw;
}

export function depthwiseBackpropInput(g: Geometry, dy: Values, w: Values): Sums {
  const dx = sums(inSize(g));
  const multiplier = g.outChannels / g.inChannels;
  for (const { inPixel, outPixel, tap } of touches(g)) {
    for (let o = 0; o < g.outChannels; o++) {
      const i = Math.floor(o / multiplier);
      addTerm(dx, inPixel * g.inChannels + i, dy[outPixel * g.outChannels + o]! * w[tap * g.outChannels + o]!);
    }
  }
  return dx;
}

/** The gradient of a window goes to its first largest value. */
export function maxPoolGrad(g: Geometry, x: Values, dy: Values): Sums {
  const dx = sums(inSize(g));
  const best = new Map<number, { value: number; at: number }>();
  for (const { inPixel, outPixel } of touches(g)) {
    for (let c = 0; c < g.inChannels; c++) {
      const at = inPixel * g.inChannels + c;
      const window = outPixel * g.inChannels + c;
      if (x[at]! > (best.get(window)?.value ?? -Infinity)) best.set(window, { value: x[at]!, at });
    }
  }
  for (const [window, { at }] of best) addTerm(dx, at, dy[window]!);
  return dx;
}

export function avgPoolGrad(g: Geometry, dy: Values): Sums {
  const dx = sums(inSize(g));
  for (const { inPixel, outPixel } of touches(g)) {
    for (let c = 0; c < g.inChannels; c++) {
      addTerm(dx, inPixel * g.inChannels + c, dy[outPixel * g.inChannels + c]! / (g.filterHeight * g.filterWidth));
    }
  }
  return dx;
}

/** A (m rows, k columns) times B (k rows, n columns), either of them given transposed. */
export function matMul(
  [m, k, n]: readonly [number, number, number],
  a: Values,
  b: Values,
  { transposeA, transposeB }: { transposeA: boolean; transposeB: boolean },
): Sums {
  const c = sums(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      for (let t = 0; t < k; t++) addTerm(c, i * n + j, a[transposeA ? t * m + i : i * k + t]! * b[transposeB ? j * k + t : t * n + j]!);
    }
  }
  return c;
}

export function segmentSum(x: Values, ids: Values, width: number, segments: number): Sums {
  const out = sums(segments * width);
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row]!;
    if (id < 0 || id >= segments) continue;
    for (let i = 0; i < width; i++) addTerm(out, id * width + i, x[row * width + i]!);
  }
  return out;
}
