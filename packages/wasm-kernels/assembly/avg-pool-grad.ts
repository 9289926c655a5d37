/**
 * The gradient of average pooling. Windows without overlap write each pixel's gradient once; else each pixel's is summed over the
 * output pixels in their order.
 */
import { endTap, firstTap, Geometry } from './geometry';
import { clearUncovered, isTiling } from './pool-cover';
import { addScaledFloats, scaleFloats } from './vectors';

/** dX: each window's gradient is shared by all its places, those in the padding included, as in tfjs. */
export function avgPoolGrad(geometry: usize, dy: usize, dx: usize): void {
  const g = changetype<Geometry>(geometry);
  const tiling = isTiling(g);
  if (tiling) clearUncovered(g, dx);
  else memory.fill(dx, 0, g.inBytes);
  const outBytes = <usize>g.inChannels << 2;
  for (let b = 0; b < g.batch; b++) {
    for (let outRow = 0; outRow < g.outHeight; outRow++) {
      for (let outColumn = 0; outColumn < g.outWidth; outColumn++) {
        shareWindow(g, tiling, b, outRow * g.strideHeight - g.padTop, outColumn * g.strideWidth - g.padLeft, dy, dx);
        dy += outBytes;
      }
    }
  }
}

function shareWindow(g: Geometry, tiling: bool, b: i32, top: i32, left: i32, dy: usize, dx: usize): void {
  const share = <f32>1 / <f32>(g.filterHeight * g.filterWidth);
  const endRow = endTap(top, g.dilationHeight, g.filterHeight, g.inHeight);
  const startColumn = firstTap(left, g.dilationWidth);
  const endColumn = endTap(left, g.dilationWidth, g.filterWidth, g.inWidth);
  for (let tapRow = firstTap(top, g.dilationHeight); tapRow < endRow; tapRow++) {
    const row = (b * g.inHeight + top + tapRow * g.dilationHeight) * g.inWidth;
    for (let tapColumn = startColumn; tapColumn < endColumn; tapColumn++) {
      const at = dx + ((<usize>(row + left + tapColumn * g.dilationWidth) * g.inChannels) << 2);
      if (tiling) scaleFloats(dy, share, at, g.inChannels);
      else addScaledFloats(dy, share, at, g.inChannels);
    }
  }
}
