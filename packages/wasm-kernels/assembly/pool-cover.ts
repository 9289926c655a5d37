/** Windows of a pooling that lie side by side without gap or overlap: each pixel's gradient then comes from one window at most. */
import { Geometry } from './geometry';
import { fillFloats } from './vectors';

export function isTiling(g: Geometry): bool {
  return g.strideHeight == g.filterHeight && g.strideWidth == g.filterWidth && g.dilationHeight == 1 && g.dilationWidth == 1;
}

/** Sets to zero the pixels right of and below all windows of a tiling. */
export function clearUncovered(g: Geometry, dx: usize): void {
  const rows = covered(g.outHeight, g.strideHeight, g.padTop, g.inHeight);
  const columns = covered(g.outWidth, g.strideWidth, g.padLeft, g.inWidth);
  if (rows == g.inHeight && columns == g.inWidth) return;
  for (let b = 0; b < g.batch; b++) {
    for (let row = 0; row < g.inHeight; row++) {
      const start = row < rows ? columns : 0;
      fillFloats(dx + ((start * g.inChannels) << 2), 0, (g.inWidth - start) * g.inChannels);
      dx += (g.inWidth * g.inChannels) << 2;
    }
  }
}

/** Pixels before the end of the last window. */
function covered(windows: i32, stride: i32, pad: i32, size: i32): i32 {
  return max(0, min(size, windows * stride - pad));
}
