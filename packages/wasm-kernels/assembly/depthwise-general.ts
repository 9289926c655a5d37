/** Sums of a depthwise convolution and its gradients tap by tap in memory, for any number of filters a channel, stride and dilation. */
import { endTap, firstTap, Geometry } from './geometry';
import { multiplyAddFloats } from './vectors';

/** The three sums over output pixels and taps; each adds to a different one of image, output and filter. */
export const TO_OUTPUT: i32 = 0;
export const TO_INPUT: i32 = 1;
export const TO_FILTER: i32 = 2;

/** Adds what each output pixel and each of its taps that is not padding contribute; the sum added to starts at zero. */
export function addEachTap(g: Geometry, image: usize, out: usize, filter: usize, sum: i32): void {
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
