/** How much of a product is worked on at a time: the scratch that a kernel needs, whatever the shapes. */

/** Floats of gathered patches: half a megabyte, which stays in the second-level cache. */
const PATCH_FLOATS = 2 ** 17;

/** Floats of a packed matrix: one megabyte. */
const PACKED_FLOATS = 2 ** 18;

const PANEL = 8;
const PIXELS = 128;

/** Bytes that `packColumns` of `assembly/gemm.ts` writes for k rows and n columns. */
export const packedBytes = (k: number, n: number): number => k * Math.ceil(n / PANEL) * PANEL * 4;

/** Bytes of scratch that `gemm` takes: a tile, and 16 rows of A with up to 256 columns. */
export const GEMM_SCRATCH_BYTES: number = 128 + 16 * 256 * 4;

/** Output pixels whose patches are gathered at a time. */
export const pixelsAtATime = (patch: number): number => clamp(Math.floor(PATCH_FLOATS / patch), 8, PIXELS);

/** Columns of a matrix with k rows that are packed at a time: whole panels. */
export const columnsAtATime = (k: number): number => Math.max(PANEL, Math.floor(PACKED_FLOATS / Math.max(1, k) / PANEL) * PANEL);

/** Filter taps, with all their channels or some, whose columns are packed at a time. */
export function tapsAtATime(taps: number, inChannels: number, outChannels: number): { taps: number; channels: number } {
  const columns = columnsAtATime(outChannels);
  return columns < inChannels
    ? { taps: 1, channels: columns }
    : { taps: Math.min(taps, Math.floor(columns / inChannels)), channels: inChannels };
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
