/**
 * Sums over windows of an image: to[window, c] = Σ over taps of image[pixel under tap, c] filter[tap, c].
 *
 * Windows of 3 x 3 taps side by side are summed in a walk along the row (`window-walk.ts`), others whose columns all lie on the image
 * three at a time, the rest alone (`window-tiles.ts`). A sum starts from zero, and where a window lies decides its taps' order.
 */
import { endTap, firstTap } from './geometry';
import { WindowAxis } from './window-axis';
import { isWalkable, startOfWalk, walkWindows } from './window-walk';
import { sumThreeWindows, sumWindow } from './window-tiles';

/** Sums all windows of one image. */
export function sumWindows(rows: WindowAxis, columns: WindowAxis, channels: i32, image: usize, filter: usize, to: usize): void {
  for (let window = 0; window < rows.windows; window++) {
    const top = rows.corner + window * rows.stride;
    const first = firstTap(top, rows.dilation);
    const taps = endTap(top, rows.dilation, rows.taps, rows.size) - first;
    const from = image + (top + first * rows.dilation) * rows.pixelBytes;
    sumRow(rows, columns, taps, channels, from, filter + first * rows.tapBytes, to + window * rows.sumBytes);
  }
}

/** Sums a row of windows, of whose rows of taps `tapRows` lie on the image. */
function sumRow(rows: WindowAxis, columns: WindowAxis, tapRows: i32, channels: i32, image: usize, filter: usize, to: usize): void {
  if (tapRows == rows.taps && isWalkable(rows, columns, channels)) {
    const start = startOfWalk(columns);
    sumApart(rows, columns, tapRows, channels, image, filter, to, 0, start);
    walkWindows(rows, columns, channels, image, filter, to, start);
    return;
  }
  const startInside = min(columns.windows, firstTap(columns.corner, columns.stride));
  const lastTap = columns.corner + (columns.taps - 1) * columns.dilation;
  const endInside = max(startInside, endTap(lastTap, columns.stride, columns.windows, columns.size));
  sumApart(rows, columns, tapRows, channels, image, filter, to, 0, startInside);
  sumBeside(rows, columns, tapRows, channels, image, filter, to, startInside, endInside);
  sumApart(rows, columns, tapRows, channels, image, filter, to, endInside, columns.windows);
}

/** Sums windows one by one; their taps may lie left or right of the image. */
function sumApart(
  rows: WindowAxis,
  columns: WindowAxis,
  tapRows: i32,
  channels: i32,
  image: usize,
  filter: usize,
  to: usize,
  start: i32,
  end: i32,
): void {
  for (let window = start; window < end; window++) {
    const left = columns.corner + window * columns.stride;
    const first = firstTap(left, columns.dilation);
    const taps = endTap(left, columns.dilation, columns.taps, columns.size) - first;
    const from = image + (left + first * columns.dilation) * columns.pixelBytes;
    sumWindow(rows, columns, tapRows, taps, channels, from, filter + first * columns.tapBytes, to + window * columns.sumBytes);
  }
}

/** Sums windows whose columns lie on the image. The last three overlap with those before: the same sums once more. */
function sumBeside(
  rows: WindowAxis,
  columns: WindowAxis,
  tapRows: i32,
  channels: i32,
  image: usize,
  filter: usize,
  to: usize,
  start: i32,
  end: i32,
): void {
  const from = image + columns.corner * columns.pixelBytes;
  if (channels >= 8 && end - start >= 3) {
    for (let window = start; window < end; window += 3) {
      const at = min(window, end - 3);
      sumThreeWindows(rows, columns, tapRows, channels, from + at * columns.strideBytes, filter, to + at * columns.sumBytes);
    }
  } else {
    sumApart(rows, columns, tapRows, channels, image, filter, to, start, end);
  }
}
