/** Between images and tiles: squares of pixels that may reach over the edges of an image. */
import { copyFloats, fillFloats } from '../vectors';

/** Whether a tile of `side` pixels lies inside the image. */
export function isInside(top: i32, left: i32, side: i32, height: i32, width: i32): bool {
  return top >= 0 && left >= 0 && top + side <= height && left + side <= width;
}

/** Copies a tile out of an image; what is outside, and the channels from `channels` to `padded`, is zero. */
export function readTile(
  image: usize,
  height: i32,
  width: i32,
  channels: i32,
  top: i32,
  left: i32,
  side: i32,
  padded: i32,
  tile: usize,
): void {
  const start = min(side, max(0, -left));
  const end = max(start, min(side, width - left));
  const bytes = <usize>padded << 2;
  for (let row = top; row < top + side; row++) {
    if (row < 0 || row >= height) {
      fillFloats(tile, 0, side * padded);
    } else {
      const from = image + (<usize>((row * width + left + start) * channels) << 2);
      fillFloats(tile, 0, start * padded);
      readPixels(from, channels, tile + start * bytes, padded, end - start);
      fillFloats(tile + end * bytes, 0, (side - end) * padded);
    }
    tile += side * bytes;
  }
}

function readPixels(from: usize, channels: i32, to: usize, padded: i32, pixels: i32): void {
  if (channels == padded) {
    copyFloats(from, to, pixels * channels);
    return;
  }
  for (let pixel = 0; pixel < pixels; pixel++) {
    copyFloats(from, to, channels);
    fillFloats(to + (<usize>channels << 2), 0, padded - channels);
    from += <usize>channels << 2;
    to += <usize>padded << 2;
  }
}

/** Copies the part of a tile that lies inside the image, and its first `channels` channels, into the image. */
export function writeTile(
  tile: usize,
  side: i32,
  padded: i32,
  image: usize,
  height: i32,
  width: i32,
  channels: i32,
  top: i32,
  left: i32,
): void {
  const rows = min(side, height - top);
  const columns = min(side, width - left);
  for (let row = 0; row < rows; row++) {
    let from = tile + (<usize>(row * side * padded) << 2);
    let to = image + (<usize>(((top + row) * width + left) * channels) << 2);
    for (let column = 0; column < columns; column++) {
      copyFloats(from, to, channels);
      from += <usize>padded << 2;
      to += <usize>channels << 2;
    }
  }
}
