import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const CANDIDATES = ['python3', '/usr/bin/python3'];

/** Packages that peers need, and what Debian calls them. */
const DEBIAN = {
  torch: 'python3-torch libopenblas0-pthread',
  torchvision: 'python3-torchvision libopenblas0-pthread',
  optuna: 'python3-optuna',
} as const;

export type PythonPackage = keyof typeof DEBIAN;

/** What to tell somebody who has not the package. */
export const howToGet = (name: PythonPackage): string =>
  `no python3 here imports ${name}: its peers are left out (Debian: apt-get install ${DEBIAN[name]})`;

/** A Python that imports a package: the one on the PATH, or the system's own. */
export async function findPython(name: PythonPackage): Promise<string | undefined> {
  for (const python of CANDIDATES) {
    try {
      await promisify(execFile)(python, ['-c', `import ${name}`], { env: pythonEnvironment(process.env, false) });
      return python;
    } catch {
      // the next one
    }
  }
  return undefined;
}

/** glibc keeps freed blocks this large instead of giving them back to the system and faulting them in again at each step. */
const KEEP = String(2 ** 32);
const TUNED_MALLOC = { MALLOC_MMAP_THRESHOLD_: KEEP, MALLOC_TRIM_THRESHOLD_: KEEP, MALLOC_TOP_PAD_: String(2 ** 26) };

/** One thread, malloc and OpenBLAS as they come (a machine may tell OpenBLAS to be another, slower processor); or malloc tuned. */
export function pythonEnvironment(from: NodeJS.ProcessEnv, tuned: boolean): NodeJS.ProcessEnv {
  const kept = Object.entries(from).filter(([key]) => !/^(OPENBLAS|MALLOC|NVPL_BLAS)_/.test(key));
  return { ...Object.fromEntries(kept), OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1', ...(tuned ? TUNED_MALLOC : {}) };
}
