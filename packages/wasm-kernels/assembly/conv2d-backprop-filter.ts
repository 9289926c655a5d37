/** The gradient of a convolution by its filter: dW = Xᵀ dY, where X holds the patches of all output pixels. */
import { gemm } from './gemm';
import { Geometry } from './geometry';
import { packColumns } from './packing';
import { patchesOf } from './patches';

/**
 * `pixels` output pixels are taken at a time; their sum is taken from zero and added to dW, so long sums lose little.
 *
 * @param add Whether to add to what `dw` holds.
 * @param patches Scratch of pixels * patch * 4 bytes.
 * @param packed Scratch of pixels * ceil(outChannels / 8) * 32 bytes.
 * @param scratch What `gemm` takes.
 */
export function conv2dBackpropFilter(
  geometry: usize,
  x: usize,
  dy: usize,
  dw: usize,
  add: bool,
  pixels: i32,
  patches: usize,
  packed: usize,
  scratch: usize,
): void {
  const g = changetype<Geometry>(geometry);
  const patch = g.patch;
  const outBytes = <usize>g.outChannels << 2;
  const total = g.outPixels;
  for (let first = 0; first < total; first += pixels) {
    const count = min(pixels, total - first);
    const rows = patchesOf(g, x, first, count, patches);
    packColumns(count, g.outChannels, dy + <usize>first * outBytes, outBytes, 4, packed);
    gemm(patch, g.outChannels, count, rows, 4, <usize>patch << 2, packed, dw, outBytes, add || first > 0, scratch);
  }
}
