/** How the windows of a depthwise convolution lie along one axis of an image, its height or its width. Bytes are signed. */
@unmanaged
export class WindowAxis {
  /** Pixels of the image, and the bytes from one to the next. */
  size: i32;
  pixelBytes: i32;
  /** Windows, and the bytes from the sum of one to that of the next. */
  windows: i32;
  sumBytes: i32;
  /** The pixel under the first window's first tap; it may lie before the image. */
  corner: i32;
  /** From a window to the next, in pixels and in the image's bytes. */
  stride: i32;
  strideBytes: i32;
  /** Taps of a window, and the bytes from one to the next in the filter. */
  taps: i32;
  tapBytes: i32;
  /** From a tap to the next, in pixels and in the image's bytes. */
  dilation: i32;
  dilationBytes: i32;
}

/** Both axes take `WINDOWS_BYTES` of `src/geometry.ts`. */
const AXIS_BYTES: usize = 64;

export function rowAxis(scratch: usize): WindowAxis {
  return changetype<WindowAxis>(scratch);
}

export function columnAxis(scratch: usize): WindowAxis {
  return changetype<WindowAxis>(scratch + AXIS_BYTES);
}

/** The windows of the forward pass: one an output pixel, on the input. */
export function setForwardAxis(
  axis: WindowAxis,
  inSize: i32,
  inBytes: i32,
  outSize: i32,
  outBytes: i32,
  pad: i32,
  stride: i32,
  taps: i32,
  tapBytes: i32,
  dilation: i32,
): void {
  axis.size = inSize;
  axis.pixelBytes = inBytes;
  axis.windows = outSize;
  axis.sumBytes = outBytes;
  axis.corner = -pad;
  axis.taps = taps;
  axis.tapBytes = tapBytes;
  setSteps(axis, stride, dilation);
}

/**
 * The windows of the input's gradient: one an input pixel, on the output's gradient; of all input pixels those that
 * `phase` = (pixel + pad) mod stride picks. They see every stride-th tap, the last first, from the phase on:
 *
 *     dX[stride n + phase - pad] = Σ over k of dY[n - k dilation] W[phase + stride k]
 *
 * That takes a stride or a dilation of 1.
 *
 * @returns The first of these input pixels.
 */
export function setGradientAxis(
  axis: WindowAxis,
  phase: i32,
  inSize: i32,
  inBytes: i32,
  outSize: i32,
  outBytes: i32,
  pad: i32,
  stride: i32,
  taps: i32,
  tapBytes: i32,
  dilation: i32,
): i32 {
  const first = (((phase - pad) % stride) + stride) % stride;
  const seen = phase < taps ? (taps - 1 - phase) / stride + 1 : 0;
  axis.size = outSize;
  axis.pixelBytes = outBytes;
  axis.windows = first < inSize ? (inSize - 1 - first) / stride + 1 : 0;
  axis.sumBytes = stride * inBytes;
  axis.corner = (first + pad - phase) / stride - (seen - 1) * dilation;
  axis.taps = seen;
  axis.tapBytes = -stride * tapBytes;
  setSteps(axis, 1, dilation);
  return first;
}

function setSteps(axis: WindowAxis, stride: i32, dilation: i32): void {
  axis.stride = stride;
  axis.strideBytes = stride * axis.pixelBytes;
  axis.dilation = dilation;
  axis.dilationBytes = dilation * axis.pixelBytes;
}
