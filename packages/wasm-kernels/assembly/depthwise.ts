/** A depthwise convolution, whose output channel `c * multiplier + q` sees input channel c alone, and its gradients. */
import { endTap, firstTap, Geometry } from './geometry';
import { multiplyAddFloats } from './vectors';

/** The three sums over output pixels and taps; each adds to a different one of image, output and filter. */
const TO_OUTPUT: i32 = 0;
const TO_INPUT: i32 = 1;
const TO_FILTER: i32 = 2;

/** Y[output pixel, c, q] = Σ over taps of X[input pixel, c] W[tap, c, q]. */
export function depthwiseConv2d(geometry: usize, x: usize, w: usize, y: usize): void {
  const g = changetype<Geometry>(geometry);
  memory.fill(y, 0, (<usize>g.outPixels * g.outChannels) << 2);
  visitTaps(g, x, y, w, TO_OUTPUT);
}

/** dX[input pixel, c] = Σ over output pixels and q of dY[output pixel, c, q] W[tap, c, q]. */
export function depthwiseBackpropInput(geometry: usize, dy: usize, w: usize, dx: usize): void {
  const g = changetype<Geometry>(geometry);
  memory.fill(dx, 0, g.inBytes);
  visitTaps(g, dx, dy, w, TO_INPUT);
}

/** dW[tap, c, q] = Σ over output pixels of X[input pixel, c] dY[output pixel, c, q]. */
export function depthwiseBackpropFilter(geometry: usize, x: usize, dy: usize, dw: usize): void {
  const g = changetype<Geometry>(geometry);
  memory.fill(dw, 0, (<usize>g.filterHeight * g.filterWidth * g.outChannels) << 2);
  visitTaps(g, x, dy, dw, TO_FILTER);
}

/** Calls the arithmetic for each output pixel and each of its taps that is not padding. */
function visitTaps(g: Geometry, image: usize, out: usize, filter: usize, sum: i32): void {
  const channelBytes = <usize>g.inChannels << 2;
  const outBytes = <usize>g.outChannels << 2;
  for (let b = 0; b < g.batch; b++) {
    for (let outRow = 0; outRow < g.outHeight; outRow++) {
      const top = outRow * g.strideHeight - g.padTop;
      const endRow = endTap(top, g.dilationHeight, g.filterHeight, g.inHeight);
      for (let outColumn = 0; outColumn < g.outWidth; outColumn++) {
        const left = outColumn * g.strideWidth - g.padLeft;
        const startColumn = firstTap(left, g.dilationWidth);
        const endColumn = endTap(left, g.dilationWidth, g.filterWidth, g.inWidth);
        for (let tapRow = firstTap(top, g.dilationHeight); tapRow < endRow; tapRow++) {
          const row = <usize>(b * g.inHeight + top + tapRow * g.dilationHeight) * g.inWidth;
          for (let tapColumn = startColumn; tapColumn < endColumn; tapColumn++) {
            const at = image + (row + left + tapColumn * g.dilationWidth) * channelBytes;
            const tap = filter + <usize>(tapRow * g.filterWidth + tapColumn) * outBytes;
            if (sum == TO_INPUT) addToInput(g, out, tap, at);
            else if (sum == TO_FILTER) addOuter(g, at, out, tap);
            else addOuter(g, at, tap, out);
          }
        }
        out += outBytes;
      }
    }
  }
}

function addToInput(g: Geometry, dy: usize, w: usize, dx: usize): void {
  const multiplier = g.outChannels / g.inChannels;
  if (multiplier == 1) {
    multiplyAddFloats(dy, w, dx, g.inChannels);
    return;
  }
  for (let c = 0; c < g.inChannels; c++) {
    let sum = load<f32>(dx);
    for (let q = 0; q < multiplier; q++) {
      sum += load<f32>(dy) * load<f32>(w);
      dy += 4;
      w += 4;
    }
    store<f32>(dx, sum);
    dx += 4;
  }
}

/** to[c, q] += x[c] * values[c, q]. */
function addOuter(g: Geometry, x: usize, values: usize, to: usize): void {
  const multiplier = g.outChannels / g.inChannels;
  if (multiplier == 1) {
    multiplyAddFloats(x, values, to, g.inChannels);
    return;
  }
  for (let c = 0; c < g.inChannels; c++) {
    const value = load<f32>(x);
    for (let q = 0; q < multiplier; q++) {
      store<f32>(to, load<f32>(to) + value * load<f32>(values));
      values += 4;
      to += 4;
    }
    x += 4;
  }
}
