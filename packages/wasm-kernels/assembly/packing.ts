/** Operands of the matrix product, laid out as `gemm.ts` reads them. Addresses and strides are in bytes. */

/** Columns of a packed panel: two vectors. */
export const PANEL: i32 = 8;
export const PANEL_BYTES: usize = 32;

/**
 * Packs B (k rows, n columns) into panels of 8 columns, each k rows of 8 floats; missing columns are zero.
 * `out` takes k * ceil(n / 8) * 32 bytes.
 */
export function packColumns(k: i32, n: i32, b: usize, rowStride: usize, columnStride: usize, out: usize): void {
  const panelBytes = <usize>k * PANEL_BYTES;
  const whole = n & ~(PANEL - 1);
  for (let column = 0; column < whole; column += PANEL) {
    if (columnStride == 4) packPanel(k, b, rowStride, out);
    else if (rowStride == 4) packTransposedPanel(k, b, columnStride, out);
    else packSomeColumns(k, PANEL, b, rowStride, columnStride, out);
    b += columnStride << 3;
    out += panelBytes;
  }
  if (whole < n) packSomeColumns(k, n - whole, b, rowStride, columnStride, out);
}

function packPanel(k: i32, b: usize, rowStride: usize, out: usize): void {
  const end = out + <usize>k * PANEL_BYTES;
  for (; out < end; out += PANEL_BYTES) {
    v128.store(out, v128.load(b));
    v128.store(out, v128.load(b, 16), 16);
    b += rowStride;
  }
}

/** Each column of B is a run in memory. */
function packTransposedPanel(k: i32, b: usize, columnStride: usize, out: usize): void {
  const half = columnStride << 2;
  const whole = k & ~3;
  for (let row = 0; row < whole; row += 4) {
    packTransposedBlock(b, columnStride, out);
    packTransposedBlock(b + half, columnStride, out + 16);
    b += 16;
    out += PANEL_BYTES << 2;
  }
  packSomeColumns(k - whole, PANEL, b, 4, columnStride, out);
}

function packTransposedBlock(b: usize, columnStride: usize, out: usize): void {
  const b1 = b + columnStride;
  const b2 = b1 + columnStride;
  transposeBlock(v128.load(b), v128.load(b1), v128.load(b2), v128.load(b2 + columnStride), out, PANEL_BYTES);
}

function packSomeColumns(k: i32, columns: i32, b: usize, rowStride: usize, columnStride: usize, out: usize): void {
  const end = out + <usize>k * PANEL_BYTES;
  for (; out < end; out += PANEL_BYTES) {
    if (columns < PANEL) {
      v128.store(out, f32x4.splat(0));
      v128.store(out, f32x4.splat(0), 16);
    }
    packRow(b, columnStride, columns, out);
    b += rowStride;
  }
}

function packRow(from: usize, columnStride: usize, columns: i32, out: usize): void {
  for (let column = 0; column < columns; column++) {
    store<f32>(out + (<usize>column << 2), load<f32>(from));
    from += columnStride;
  }
}

/** Packs rows of A, four at a time, into k groups of 4 floats, one of each row. Missing rows are zero. */
export function packRows(rows: i32, k: i32, a: usize, aRow: usize, aColumn: usize, out: usize): void {
  for (let row = 0; row < rows; row += 4) {
    packGroup(min(4, rows - row), k, a, aRow, aColumn, out);
    a += aRow << 2;
    out += <usize>k << 4;
  }
}

function packGroup(rows: i32, k: i32, a: usize, aRow: usize, aColumn: usize, out: usize): void {
  const end = out + (<usize>k << 4);
  if (rows < 4) {
    packSomeRows(rows, k, a, aRow, aColumn, out);
  } else if (aRow == 4) {
    for (; out < end; out += 16) {
      v128.store(out, v128.load(a));
      a += aColumn;
    }
  } else {
    packFourRows(k, a, aRow, aColumn, out);
  }
}

function packSomeRows(rows: i32, k: i32, a: usize, aRow: usize, aColumn: usize, out: usize): void {
  const end = out + (<usize>k << 4);
  for (; out < end; out += 16) {
    v128.store(out, f32x4.splat(0));
    for (let row = 0; row < rows; row++) store<f32>(out + (<usize>row << 2), load<f32>(a + <usize>row * aRow));
    a += aColumn;
  }
}

function packFourRows(k: i32, a: usize, aRow: usize, aColumn: usize, out: usize): void {
  const end = out + (<usize>k << 4);
  let a1 = a + aRow;
  let a2 = a1 + aRow;
  let a3 = a2 + aRow;
  if (aColumn == 4) {
    const last = out + (<usize>(k & ~3) << 4);
    for (; out < last; out += 64) {
      transposeBlock(v128.load(a), v128.load(a1), v128.load(a2), v128.load(a3), out, 16);
      a += 16;
      a1 += 16;
      a2 += 16;
      a3 += 16;
    }
  }
  for (; out < end; out += 16) {
    store<f32>(out, load<f32>(a));
    store<f32>(out, load<f32>(a1), 4);
    store<f32>(out, load<f32>(a2), 8);
    store<f32>(out, load<f32>(a3), 12);
    a += aColumn;
    a1 += aColumn;
    a2 += aColumn;
    a3 += aColumn;
  }
}

// @ts-ignore: decorator
@inline
function transposeBlock(r0: v128, r1: v128, r2: v128, r3: v128, out: usize, stride: usize): void {
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(out, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
  v128.store(out + stride, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
  v128.store(out + stride * 2, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
  v128.store(out + stride * 3, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
}
