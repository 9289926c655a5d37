/** Where update rules run: tfjs's `cpu` and `wasm` backends with fused kernels, or plain tfjs ops (on `cpu`). */
export const backends = ['cpu', 'wasm', 'tfjs'] as const;
export type Backend = (typeof backends)[number];

/** The reference's arguments as its file has them. */
export type Config = Readonly<Record<string, unknown>>;

/** One comparison with the reference. */
export interface Deviation {
  /** max|ours − expected| / max|expected|; infinite where only zeros are expected and ours is not zero. */
  readonly error: number;
  /** The largest error that passes. */
  readonly tolerance: number;
  /** For the reader: `case 2, step 5, w`. */
  readonly where: string;
}

/** A directory of reference files of one format. A new family is one file that exports one of these. */
export interface Family {
  /** The name of its directory. */
  readonly name: string;
  /** Whether a file's numbers come from tensors; else one replay holds for every backend. */
  needsBackend(name: string): boolean;
  /**
   * Replays a file's cases.
   *
   * @param name The file's name without `.json`.
   * @throws NotCovered where ours has no such thing yet.
   */
  replay(name: string, file: unknown, backend: Backend): Promise<readonly Deviation[]> | readonly Deviation[];
}

/** Thrown for what is not built yet. A file that asks for it counts as not covered, which is no failure. */
export class NotCovered extends Error {
  override readonly name = 'NotCovered';
}

/** The error of one tensor or one curve as the references' README defines it; NaN where ours is NaN, which passes nowhere. */
export function relativeError(ours: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (ours.length !== expected.length) throw new Error(`ours has ${ours.length} numbers where ${expected.length} are expected`);
  let error = 0;
  let scale = 0;
  for (let i = 0; i < expected.length; i++) {
    const value = expected[i] ?? Number.NaN;
    error = Math.max(error, Math.abs((ours[i] ?? Number.NaN) - value));
    scale = Math.max(scale, Math.abs(value));
  }
  return error === 0 ? 0 : error / scale;
}

/** The cases of a reference file, checked only as far as every family needs. */
export function casesOf<Case>(file: unknown): readonly Case[] {
  const cases = typeof file === 'object' && file !== null && 'cases' in file ? file.cases : undefined;
  if (!Array.isArray(cases) || cases.length === 0) throw new Error('the file has no `cases`');
  return cases as readonly Case[];
}
