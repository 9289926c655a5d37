/** Copies of rows: runs of bytes. */

/** Copies `rows` runs of `bytes`, which lie `fromStep` and `toStep` bytes apart. */
export function copyRows(from: usize, fromStep: usize, to: usize, toStep: usize, bytes: usize, rows: i32): void {
  const vectorBytes = bytes & ~15;
  const wordBytes = bytes & ~3;
  for (let row = 0; row < rows; row++) {
    let at: usize = 0;
    for (; at < vectorBytes; at += 16) v128.store(to + at, v128.load(from + at));
    for (; at < wordBytes; at += 4) store<i32>(to + at, load<i32>(from + at));
    for (; at < bytes; at++) store<u8>(to + at, load<u8>(from + at));
    from += fromStep;
    to += toStep;
  }
}

/** Copies the rows of `x` that `indices` name, one after the other. */
export function gatherRows(x: usize, indices: usize, bytes: usize, rows: i32, out: usize): void {
  for (let row = 0; row < rows; row++) {
    copyRows(x + <usize>load<i32>(indices + (<usize>row << 2)) * bytes, bytes, out, bytes, bytes, 1);
    out += bytes;
  }
}
