/** Where update rules run: tfjs's `cpu` and `wasm` backends with fused kernels, or plain tfjs ops (on `cpu`). */
export const backends = ['cpu', 'wasm', 'tfjs'] as const;
/** A browser has two more, on which update rules run as tfjs ops. */
export type Backend = (typeof backends)[number] | 'webgl' | 'webgpu';

/** Whether update rules have kernels of their own there. */
export const isFused = (backend: Backend): boolean => backend === 'cpu' || backend === 'wasm';

/**
 * How far tensors may be off, relative to the largest number, after an update rule. The factor 4 is for another order of operations, argued
 * in the references' README.
 *
 * On a graphics card no division, square root or power is rounded correctly: GLSL ES and WGSL allow 2.5 units in the last place to a division,
 * and to a power 3 + 2·|exponent| of them on top of an error of the logarithm. An update of tens of them, twelve times, in weights that are
 * at most some times as large as the updates' sum comes to some 1e-6, and the bound for such backends is 1e-5.
 *
 * @param float32 How far a float32 run of the reference is from its float64 run.
 */
export function updateTolerance(float32: number, backend: Backend): number {
  const correctlyRounded = 1e-6 + 4 * float32;
  return backend === 'webgl' || backend === 'webgpu' ? Math.max(1e-5, correctlyRounded) : correctlyRounded;
}

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
