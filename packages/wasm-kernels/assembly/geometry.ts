/** A convolution or pooling, channels last, as `src/geometry.ts` writes it: one i32 a field, in this order. */
@unmanaged
export class Geometry {
  batch: i32;
  inHeight: i32;
  inWidth: i32;
  inChannels: i32;
  outHeight: i32;
  outWidth: i32;
  outChannels: i32;
  filterHeight: i32;
  filterWidth: i32;
  strideHeight: i32;
  strideWidth: i32;
  dilationHeight: i32;
  dilationWidth: i32;
  padTop: i32;
  padLeft: i32;

  /** Output pixels of the whole batch. */
  get outPixels(): i32 {
    return this.batch * this.outHeight * this.outWidth;
  }

  /** Input values under one output pixel. */
  get patch(): i32 {
    return this.filterHeight * this.filterWidth * this.inChannels;
  }

  /** Whether each output pixel sees the input pixel at its place and no other, so that the image is its own patches. */
  get isPointwise(): bool {
    return (
      this.filterHeight == 1 &&
      this.filterWidth == 1 &&
      this.strideHeight == 1 &&
      this.strideWidth == 1 &&
      this.padTop == 0 &&
      this.padLeft == 0 &&
      this.inHeight == this.outHeight &&
      this.inWidth == this.outWidth
    );
  }

  get inBytes(): usize {
    return (<usize>this.batch * this.inHeight * this.inWidth * this.inChannels) << 2;
  }
}

/** The first tap whose input coordinate `corner + tap * dilation` is at least 0. */
export function firstTap(corner: i32, dilation: i32): i32 {
  return corner >= 0 ? 0 : (dilation - 1 - corner) / dilation;
}

/** One past the last of `taps` whose input coordinate is below `size`. */
export function endTap(corner: i32, dilation: i32, taps: i32, size: i32): i32 {
  return corner >= size ? 0 : min(taps, (size - 1 - corner) / dilation + 1);
}
