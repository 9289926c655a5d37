/** Sums rows by segment: out[s] = Σ of the rows whose id is s. Rows with an id outside [0, segments) are left out. */
import { addFloats } from './vectors';

export function segmentSum(x: usize, ids: usize, rows: i32, width: i32, segments: i32, out: usize): void {
  const rowBytes = <usize>width << 2;
  memory.fill(out, 0, <usize>segments * rowBytes);
  for (let row = 0; row < rows; row++) {
    const id = load<i32>(ids + (<usize>row << 2));
    if (id >= 0 && id < segments) addFloats(x, out + <usize>id * rowBytes, width);
    x += rowBytes;
  }
}

export function segmentSumOfIntegers(x: usize, ids: usize, rows: i32, width: i32, segments: i32, out: usize): void {
  sumElements<i32>(x, ids, rows, width, segments, out);
}

/** Counts the true values: x holds bytes, out holds i32. */
export function segmentSumOfBooleans(x: usize, ids: usize, rows: i32, width: i32, segments: i32, out: usize): void {
  sumElements<u8>(x, ids, rows, width, segments, out);
}

function sumElements<Element>(x: usize, ids: usize, rows: i32, width: i32, segments: i32, out: usize): void {
  memory.fill(out, 0, (<usize>segments * width) << 2);
  for (let row = 0; row < rows; row++) {
    const id = load<i32>(ids + (<usize>row << 2));
    if (id >= 0 && id < segments) {
      const to = out + ((<usize>id * width) << 2);
      for (let i = 0; i < width; i++) {
        const at = to + (<usize>i << 2);
        store<i32>(at, load<i32>(at) + <i32>load<Element>(x + <usize>i * sizeof<Element>()));
      }
    }
    x += <usize>width * sizeof<Element>();
  }
}
