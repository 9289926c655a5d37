/** A depthwise convolution, whose output channel `c * multiplier + q` sees input channel c alone, and its gradients. */
import { sumFilterGradient } from './depthwise-filter-gradient';
import { addEachTap, TO_FILTER, TO_INPUT, TO_OUTPUT } from './depthwise-general';
import { Geometry } from './geometry';
import { isStrideTwo, spreadImage } from './stride-two-gradient';
import { columnAxis, rowAxis, setForwardAxis, setGradientAxis } from './window-axis';
import { sumWindows } from './window-sums';

/** Y[output pixel, c, q] = Σ over taps of X[input pixel, c] W[tap, c, q]. `scratch` holds the two axes of windows. */
export function depthwiseConv2d(geometry: usize, x: usize, w: usize, y: usize, scratch: usize): void {
  const g = changetype<Geometry>(geometry);
  if (g.outChannels == g.inChannels) {
    sumForward(g, x, w, y, scratch);
  } else {
    memory.fill(y, 0, (<usize>g.outPixels * g.outChannels) << 2);
    addEachTap(g, x, y, w, TO_OUTPUT);
  }
}

/** dX[input pixel, c] = Σ over output pixels and q of dY[output pixel, c, q] W[tap, c, q]. `scratch` as above. */
export function depthwiseBackpropInput(geometry: usize, dy: usize, w: usize, dx: usize, scratch: usize): void {
  const g = changetype<Geometry>(geometry);
  const strideOrDilation = min(g.strideHeight, g.dilationHeight) == 1 && min(g.strideWidth, g.dilationWidth) == 1;
  if (g.outChannels == g.inChannels && strideOrDilation) {
    sumBackward(g, dy, w, dx, scratch);
  } else {
    memory.fill(dx, 0, g.inBytes);
    addEachTap(g, dx, dy, w, TO_INPUT);
  }
}

/** dW[tap, c, q] = Σ over output pixels of X[input pixel, c] dY[output pixel, c, q]; added to what `dw` holds if `add`. */
export function depthwiseBackpropFilter(geometry: usize, x: usize, dy: usize, dw: usize, add: bool): void {
  const g = changetype<Geometry>(geometry);
  if (!add) memory.fill(dw, 0, (<usize>g.filterHeight * g.filterWidth * g.outChannels) << 2);
  if (g.outChannels == g.inChannels) sumFilterGradient(g, x, dy, dw);
  else addEachTap(g, x, dy, dw, TO_FILTER);
}

function sumForward(g: Geometry, x: usize, w: usize, y: usize, scratch: usize): void {
  const rows = rowAxis(scratch);
  const columns = columnAxis(scratch);
  const pixel = g.inChannels << 2;
  const inRow = g.inWidth * pixel;
  const outRow = g.outWidth * pixel;
  const tapRow = g.filterWidth * pixel;
  setForwardAxis(rows, g.inHeight, inRow, g.outHeight, outRow, g.padTop, g.strideHeight, g.filterHeight, tapRow, g.dilationHeight);
  setForwardAxis(columns, g.inWidth, pixel, g.outWidth, pixel, g.padLeft, g.strideWidth, g.filterWidth, pixel, g.dilationWidth);
  for (let b = 0; b < g.batch; b++) {
    sumWindows(rows, columns, g.inChannels, x, w, y);
    x += g.inHeight * inRow;
    y += g.outHeight * outRow;
  }
}

/** The input's gradient, image by image. */
function sumBackward(g: Geometry, dy: usize, w: usize, dx: usize, scratch: usize): void {
  const strideTwo = isStrideTwo(g);
  for (let b = 0; b < g.batch; b++) {
    if (strideTwo) spreadImage(g, dy, w, dx);
    else sumPhases(g, dy, w, dx, scratch);
    dy += (g.outHeight * g.outWidth * g.inChannels) << 2;
    dx += (g.inHeight * g.inWidth * g.inChannels) << 2;
  }
}

/** Sums an image's gradient, pixels that see the same taps of the filter at a time. */
function sumPhases(g: Geometry, dy: usize, w: usize, dx: usize, scratch: usize): void {
  for (let row = 0; row < g.strideHeight; row++) {
    for (let column = 0; column < g.strideWidth; column++) sumPhase(g, row, column, dy, w, dx, scratch);
  }
}

function sumPhase(g: Geometry, phaseRow: i32, phaseColumn: i32, dy: usize, w: usize, dx: usize, scratch: usize): void {
  const rows = rowAxis(scratch);
  const columns = columnAxis(scratch);
  const pixel = g.inChannels << 2;
  const inRow = g.inWidth * pixel;
  const outRow = g.outWidth * pixel;
  const tapRow = g.filterWidth * pixel;
  const top = setGradientAxis(
    rows,
    phaseRow,
    g.inHeight,
    inRow,
    g.outHeight,
    outRow,
    g.padTop,
    g.strideHeight,
    g.filterHeight,
    tapRow,
    g.dilationHeight,
  );
  const left = setGradientAxis(
    columns,
    phaseColumn,
    g.inWidth,
    pixel,
    g.outWidth,
    pixel,
    g.padLeft,
    g.strideWidth,
    g.filterWidth,
    pixel,
    g.dilationWidth,
  );
  const lastRow = phaseRow + (rows.taps - 1) * g.strideHeight;
  const lastColumn = phaseColumn + (columns.taps - 1) * g.strideWidth;
  const filter = w + lastRow * tapRow + lastColumn * pixel;
  sumWindows(rows, columns, g.inChannels, dy, filter, dx + top * inRow + left * pixel);
}
