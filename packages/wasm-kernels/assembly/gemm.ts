/**
 * The matrix product C (+)= A B in float32. Addresses and strides are in bytes. A is read through two strides, so that a
 * transposed A needs no copy; B comes packed by `packColumns`, so that both orders of B cost the same.
 */

/** Columns of a packed panel: two vectors. */
const PANEL: i32 = 8;
const PANEL_BYTES: usize = 32;
/** A tile of 4 rows and 8 columns. */
const TILE_BYTES: usize = 128;

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

/**
 * Packs up to 4 rows of A into k groups of 4 floats, one of each row, so that the innermost loop reads A in order.
 * Missing rows are zero.
 */
function packRows(rows: i32, k: i32, a: usize, aRow: usize, aColumn: usize, out: usize): void {
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

/**
 * C (m rows, n columns, contiguous in a row) = or += A (m rows, k columns) times packed B. Each element is summed over k in
 * order, from zero, and added to C at the end. `scratch` takes 128 + 16 k bytes.
 */
export function gemm(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  aRow: usize,
  aColumn: usize,
  packed: usize,
  c: usize,
  cRow: usize,
  add: bool,
  scratch: usize,
): void {
  const panelBytes = <usize>k * PANEL_BYTES;
  const four = scratch + TILE_BYTES;
  for (let row = 0; row < m; row += 4) {
    const rows = min(4, m - row);
    packRows(rows, k, a + <usize>row * aRow, aRow, aColumn, four);
    let cTile = c + <usize>row * cRow;
    let panel = packed;
    for (let column = 0; column < n; column += PANEL) {
      const columns = min(PANEL, n - column);
      if (rows == 4 && columns == PANEL) {
        multiplyTile(k, four, panel, cTile, cRow, add);
      } else {
        multiplyTile(k, four, panel, scratch, PANEL_BYTES, false);
        storeTile(rows, columns, scratch, cTile, cRow, add);
      }
      cTile += PANEL_BYTES;
      panel += panelBytes;
    }
  }
}

/** A tile of 4 rows and 8 columns, held in eight registers. */
function multiplyTile(k: i32, a: usize, b: usize, c: usize, cRow: usize, add: bool): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  const end = b + <usize>k * PANEL_BYTES;
  while (b < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(x, b0));
    c01 = f32x4.add(c01, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(x, b0));
    c11 = f32x4.add(c11, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(x, b0));
    c21 = f32x4.add(c21, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 12);
    c30 = f32x4.add(c30, f32x4.mul(x, b0));
    c31 = f32x4.add(c31, f32x4.mul(x, b1));
    a += 16;
    b += PANEL_BYTES;
  }
  storeRow(c, c00, c01, add);
  storeRow(c + cRow, c10, c11, add);
  storeRow(c + cRow * 2, c20, c21, add);
  storeRow(c + cRow * 3, c30, c31, add);
}

// @ts-ignore: decorator
@inline
function storeRow(c: usize, left: v128, right: v128, add: bool): void {
  if (add) {
    left = f32x4.add(v128.load(c), left);
    right = f32x4.add(v128.load(c, 16), right);
  }
  v128.store(c, left);
  v128.store(c, right, 16);
}

/** Copies or adds the used part of a tile to C. */
function storeTile(rows: i32, columns: i32, tile: usize, c: usize, cRow: usize, add: bool): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = c + (<usize>column << 2);
      const value = load<f32>(tile + (<usize>column << 2));
      store<f32>(at, add ? load<f32>(at) + value : value);
    }
    tile += PANEL_BYTES;
    c += cRow;
  }
}
