/**
 * The matrix product C (+)= A B in float32. Addresses and strides are in bytes. A is read through two strides, so that a
 * transposed A needs no copy; B comes packed by `packColumns`, so that both orders of B cost the same.
 */
import { packRows, PANEL, PANEL_BYTES } from './packing';

/** Products summed in registers at a time: a panel of B, 8 KiB, then stays in the first-level cache. */
const DEPTH: i32 = 256;
/** Rows of A packed at a time: 16 KiB, which leaves room in the first-level cache. */
const ROWS: i32 = 16;
/** A tile of 4 rows and 8 columns. */
const TILE_BYTES: usize = 128;
/** Scratch that `gemm` takes: a tile, and a block of packed rows. `src/blocking.ts` knows it. */
export const GEMM_SCRATCH_BYTES: usize = TILE_BYTES + <usize>(ROWS * DEPTH) * 4;

/**
 * C (m rows, n columns, contiguous in a row) = or += A (m rows, k columns) times packed B. Each element is summed over 256 k in
 * order, from zero, and these sums are added to C one by one. `scratch` has `GEMM_SCRATCH_BYTES`.
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
  const block = scratch + TILE_BYTES;
  const inPlace = isGrouped(n, aRow, aColumn);
  if (k == 0 && !add) clear(m, n, c, cRow);
  for (let row = 0; row < m; row += ROWS) {
    const rows = min(ROWS, m - row);
    const cBlock = c + <usize>row * cRow;
    for (let first = 0; first < k; first += DEPTH) {
      const depth = min(DEPTH, k - first);
      const from = a + <usize>row * aRow + <usize>first * aColumn;
      const panel = packed + <usize>first * PANEL_BYTES;
      const sum = add || first > 0;
      const whole = inPlace ? rows & ~3 : 0;
      if (whole > 0) multiplyBlock(whole, n, depth, from, 16, aColumn, panel, panelBytes, cBlock, cRow, sum, scratch);
      if (whole == rows) continue;
      packRows(rows - whole, depth, from + <usize>whole * aRow, aRow, aColumn, block);
      const cRest = cBlock + <usize>whole * cRow;
      multiplyBlock(rows - whole, n, depth, block, <usize>depth << 4, 16, panel, panelBytes, cRest, cRow, sum, scratch);
    }
  }
}

/**
 * Whether to read A where it lies: it is transposed, so four rows of it lie side by side; there are too few columns to make up for
 * packing; and its lines do not fall into the same few sets of the first-level cache.
 */
function isGrouped(n: i32, aRow: usize, aColumn: usize): bool {
  return aRow == 4 && n <= 64 && aColumn % 512 != 0;
}

function clear(m: i32, n: i32, c: usize, cRow: usize): void {
  for (let row = 0; row < m; row++) memory.fill(c + <usize>row * cRow, 0, <usize>n << 2);
}

/**
 * Rows of C from groups of four rows of A: `groupBytes` from group to group, `step` bytes from one k to the next. Panel by panel,
 * so that a panel is read from the first-level cache for all rows but the first.
 */
function multiplyBlock(
  rows: i32,
  n: i32,
  k: i32,
  a: usize,
  groupBytes: usize,
  step: usize,
  panel: usize,
  panelBytes: usize,
  c: usize,
  cRow: usize,
  add: bool,
  tile: usize,
): void {
  const wholeRows = rows & ~3;
  const wholeColumns = n & ~(PANEL - 1);
  multiplyTiles(wholeRows >> 2, wholeColumns >> 3, k, a, groupBytes, step, panel, panelBytes, c, cRow, add);
  if (wholeColumns < n) {
    const right = panel + <usize>(wholeColumns >> 3) * panelBytes;
    const cRight = c + (<usize>wholeColumns << 2);
    for (let row = 0; row < wholeRows; row += 4) {
      const group = a + <usize>(row >> 2) * groupBytes;
      multiplyEdge(4, n - wholeColumns, k, group, step, right, cRight + <usize>row * cRow, cRow, add, tile);
    }
  }
  if (wholeRows < rows) {
    a += <usize>(wholeRows >> 2) * groupBytes;
    c += <usize>wholeRows * cRow;
    for (let column = 0; column < n; column += PANEL) {
      multiplyEdge(rows - wholeRows, min(PANEL, n - column), k, a, step, panel, c, cRow, add, tile);
      panel += panelBytes;
      c += PANEL_BYTES;
    }
  }
}

/**
 * Whole tiles, of 4 rows and 8 columns, each held in eight registers. The innermost loop is bound by the instructions decoded in a
 * cycle, so it is written for V8: it stands in its nest, without which V8 does not unroll it, and is left before the addresses
 * move on, or V8 keeps two copies of `b`. Each costs a tenth.
 */
export function multiplyTiles(
  groups: i32,
  panels: i32,
  k: i32,
  a: usize,
  groupBytes: usize,
  step: usize,
  panel: usize,
  panelBytes: usize,
  c: usize,
  cRow: usize,
  add: bool,
): void {
  const lastRow = <usize>(k - 1) * PANEL_BYTES;
  const endGroup = a + <usize>groups * groupBytes;
  for (let i = 0; i < panels; i++) {
    let cTile = c;
    for (let group = a; group != endGroup; group += groupBytes) {
      let c00 = f32x4.splat(0), c01 = f32x4.splat(0);
      let c10 = f32x4.splat(0), c11 = f32x4.splat(0);
      let c20 = f32x4.splat(0), c21 = f32x4.splat(0);
      let c30 = f32x4.splat(0), c31 = f32x4.splat(0);
      let from = group;
      let b = panel;
      const last = panel + lastRow;
      while (true) {
        const b0 = v128.load(b);
        const b1 = v128.load(b, 16);
        let x = v128.load32_splat(from);
        c00 = f32x4.add(c00, f32x4.mul(x, b0));
        c01 = f32x4.add(c01, f32x4.mul(x, b1));
        x = v128.load32_splat(from, 4);
        c10 = f32x4.add(c10, f32x4.mul(x, b0));
        c11 = f32x4.add(c11, f32x4.mul(x, b1));
        x = v128.load32_splat(from, 8);
        c20 = f32x4.add(c20, f32x4.mul(x, b0));
        c21 = f32x4.add(c21, f32x4.mul(x, b1));
        x = v128.load32_splat(from, 12);
        c30 = f32x4.add(c30, f32x4.mul(x, b0));
        c31 = f32x4.add(c31, f32x4.mul(x, b1));
        if (b == last) break;
        from += step;
        b += PANEL_BYTES;
      }
      storeRow(cTile, c00, c01, add);
      cTile += cRow;
      storeRow(cTile, c10, c11, add);
      cTile += cRow;
      storeRow(cTile, c20, c21, add);
      cTile += cRow;
      storeRow(cTile, c30, c31, add);
      cTile += cRow;
    }
    panel += panelBytes;
    c += PANEL_BYTES;
  }
}

/** A part of a tile; the whole is made in `tile`. */
function multiplyEdge(
  rows: i32,
  columns: i32,
  k: i32,
  group: usize,
  step: usize,
  panel: usize,
  c: usize,
  cRow: usize,
  add: bool,
  tile: usize,
): void {
  if (columns > 4) multiplyTiles(1, 1, k, group, 1, step, panel, 0, tile, PANEL_BYTES, false);
  else multiplyNarrowTile(k, group, step, panel, tile);
  storeTile(rows, columns, tile, c, cRow, add);
}

/** The left half of a tile. */
function multiplyNarrowTile(k: i32, a: usize, step: usize, b: usize, c: usize): void {
  let c0 = f32x4.splat(0), c1 = f32x4.splat(0), c2 = f32x4.splat(0), c3 = f32x4.splat(0);
  const last = b + <usize>(k - 1) * PANEL_BYTES;
  while (true) {
    const b0 = v128.load(b);
    c0 = f32x4.add(c0, f32x4.mul(v128.load32_splat(a), b0));
    c1 = f32x4.add(c1, f32x4.mul(v128.load32_splat(a, 4), b0));
    c2 = f32x4.add(c2, f32x4.mul(v128.load32_splat(a, 8), b0));
    c3 = f32x4.add(c3, f32x4.mul(v128.load32_splat(a, 12), b0));
    if (b == last) break;
    a += step;
    b += PANEL_BYTES;
  }
  v128.store(c, c0);
  v128.store(c, c1, 32);
  v128.store(c, c2, 64);
  v128.store(c, c3, 96);
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
