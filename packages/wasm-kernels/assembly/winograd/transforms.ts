/**
 * The transforms of whole tiles: along the columns into `rest`, then along the rows. `size` is the side of an output tile, 4 or 2,
 * and `size + 2` that of an input tile; the (size + 2)² values of a transformed tile lie `plane` bytes apart. `row` and `column`
 * are the bytes from line to line and from pixel to pixel of a tile.
 *
 * `rest` holds at most 36 vectors.
 */
import { filterGradientLine2, filterLine2, gradientLine2, inputLine2, outputLine2 } from './lines2';
import { filterGradientLine4, filterLine4, gradientLine4, inputLine4, outputLine4 } from './lines4';

/** Bytes of a line of six or four vectors in `rest`. */
const LINE4: usize = 96;
const LINE2: usize = 64;

/** V = Bᵀ X B, for `vectors` times four channels. */
export function transformInput(size: i32, vectors: i32, x: usize, row: usize, column: usize, rest: usize, v: usize, plane: usize): void {
  for (let i = 0; i < vectors; i++) {
    if (size == 4) {
      for (let j: usize = 0; j < 6; j++) inputLine4(x + j * column, row, rest + j * LINE4, 16);
      for (let j: usize = 0; j < 6; j++) inputLine4(rest + j * 16, LINE4, v + j * plane * 6, plane);
    } else {
      for (let j: usize = 0; j < 4; j++) inputLine2(x + j * column, row, rest + j * LINE2, 16);
      for (let j: usize = 0; j < 4; j++) inputLine2(rest + j * 16, LINE2, v + j * plane * 4, plane);
    }
    x += 16;
    v += 16;
  }
}

/** Y = Aᵀ M A + bias, for `vectors` times four channels. */
export function transformOutput(
  size: i32,
  vectors: i32,
  m: usize,
  plane: usize,
  rest: usize,
  bias: usize,
  y: usize,
  row: usize,
  column: usize,
): void {
  const none = f32x4.splat(0);
  for (let i = 0; i < vectors; i++) {
    const add = v128.load(bias);
    if (size == 4) {
      for (let j: usize = 0; j < 6; j++) outputLine4(m + j * plane, plane * 6, rest + j * 16, LINE4, false, none);
      for (let j: usize = 0; j < 4; j++) outputLine4(rest + j * LINE4, 16, y + j * row, column, true, add);
    } else {
      for (let j: usize = 0; j < 4; j++) outputLine2(m + j * plane, plane * 4, rest + j * 16, LINE2, false, none);
      for (let j: usize = 0; j < 2; j++) outputLine2(rest + j * LINE2, 16, y + j * row, column, true, add);
    }
    m += 16;
    bias += 16;
    y += 16;
  }
}

/** dM = A dY Aᵀ, for four channels. */
export function transformGradient(size: i32, y: usize, row: usize, column: usize, rest: usize, m: usize, plane: usize): void {
  if (size == 4) {
    for (let j: usize = 0; j < 4; j++) gradientLine4(y + j * column, row, rest + j * LINE4, 16);
    for (let j: usize = 0; j < 6; j++) gradientLine4(rest + j * 16, LINE4, m + j * plane * 6, plane);
  } else {
    for (let j: usize = 0; j < 2; j++) gradientLine2(y + j * column, row, rest + j * LINE2, 16);
    for (let j: usize = 0; j < 4; j++) gradientLine2(rest + j * 16, LINE2, m + j * plane * 4, plane);
  }
}

/** U = G W Gᵀ, for four output channels. `tap` is the bytes from tap to tap. */
export function transformFilter(size: i32, w: usize, tap: usize, rest: usize, u: usize, plane: usize): void {
  if (size == 4) {
    for (let j: usize = 0; j < 3; j++) filterLine4(w + j * tap, tap * 3, rest + j * LINE4, 16);
    for (let j: usize = 0; j < 6; j++) filterLine4(rest + j * 16, LINE4, u + j * plane * 6, plane);
  } else {
    for (let j: usize = 0; j < 3; j++) filterLine2(w + j * tap, tap * 3, rest + j * LINE2, 16);
    for (let j: usize = 0; j < 4; j++) filterLine2(rest + j * 16, LINE2, u + j * plane * 4, plane);
  }
}

/** dW = Gᵀ dU G, for four output channels. */
export function transformFilterGradient(size: i32, u: usize, plane: usize, rest: usize, w: usize, tap: usize): void {
  if (size == 4) {
    for (let j: usize = 0; j < 6; j++) filterGradientLine4(u + j * plane, plane * 6, rest + j * 16, LINE4);
    for (let j: usize = 0; j < 3; j++) filterGradientLine4(rest + j * LINE4, 16, w + j * tap * 3, tap);
  } else {
    for (let j: usize = 0; j < 4; j++) filterGradientLine2(u + j * plane, plane * 4, rest + j * 16, LINE2);
    for (let j: usize = 0; j < 3; j++) filterGradientLine2(rest + j * LINE2, 16, w + j * tap * 3, tap);
  }
}
