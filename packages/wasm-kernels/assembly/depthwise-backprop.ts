/** The gradients of a depthwise convolution, whose output channel `c * multiplier + q` sees input channel c alone. */
import { endTap, firstTap, Geometry } from './geometry';
import { multiplyAddFloats } from './vectors';

/** dX[input pixel, c] = Σ over output pixels and q of dY[output pixel, c, q] W[tap, c, q]. */
export function depthwiseBackpropInput(geometry: usize, dy: usize, w: usize, dx: usize): void {
  const g = changetype<Geometry>(geometry);
  memory.fill(dx, 0, g.inBytes);
  visitTaps(g, dx, dy, w, false);
}

/** dW[tap, c, q] = Σ over output pixels of X[input pixel, c] dY[output pixel, c, q]. */
export function depthwiseBackpropFilter(geometry: usize, x: usize, dy: usize, dw: usize): void {
  const g = changetype<Geometry>(geometry);
  memory.fill(dw, 0, (<usize>g.filterHeight * g.filterWidth * g.outChannels) << 2);
  visitTaps(g, x, dy, dw, true);
}

/** Calls the arithmetic for each output pixel and each of its taps that is not padding. */
function visitTaps(g: Geometry, image: usize, dy: usize, filter: usize, toFilter: bool): void {
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
            if (toFilter) addToFilter(g, at, dy, tap);
            else addToInput(g, dy, tap, at);
          }
        }
        dy += outBytes;
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

function addToFilter(g: Geometry, x: usize, dy: usize, dw: usize): void {
  const multiplier = g.outChannels / g.inChannels;
  if (multiplier == 1) {
    multiplyAddFloats(x, dy, dw, g.inChannels);
    return;
  }
  for (let c = 0; c < g.inChannels; c++) {
    const value = load<f32>(x);
    for (let q = 0; q < multiplier; q++) {
      store<f32>(dw, load<f32>(dw) + value * load<f32>(dy));
      dy += 4;
      dw += 4;
    }
    x += 4;
  }
}
