import { expect, test } from 'vitest';
import { benchmarks } from './benchmarks.ts';
import { contenderNames, workerCommand } from './contenders.ts';
import { pythonEnvironment } from './python.ts';

const SUBJECTS = ['downhill wasm', 'downhill cpu'];
const PEERS = [
  'adamw alone',
  'sgd alone',
  'tfjs wasm',
  'tfjs cpu',
  'jax-js wasm',
  'jax-js wasm tuned',
  'PyTorch',
  'PyTorch tuned',
  'torchvision',
  'copy',
  'wasm peak',
  'no meters',
];

test.each(benchmarks.flatMap((benchmark) => benchmark.cases.map((oneCase) => [benchmark.name, oneCase.name, benchmark, oneCase] as const)))(
  '%s %s names subjects and peers as everybody else does, each worker startable',
  (_name, _case, benchmark, oneCase) => {
    for (const { subject, peer } of oneCase.pairs) {
      expect(SUBJECTS).toContain(subject);
      expect(PEERS).toContain(peer);
    }
    for (const name of contenderNames(oneCase)) expect(workerCommand(benchmark, oneCase, name, 'python3')?.name).toBe(name);
  },
);

test('PyTorch is left out where there is none', () => {
  const [benchmark] = benchmarks;
  const [oneCase] = benchmark!.cases;
  expect(workerCommand(benchmark!, oneCase!, 'PyTorch')).toBeUndefined();
});

test('PyTorch gets one thread, and neither malloc nor OpenBLAS as somebody else set them', () => {
  const from = { PATH: '/bin', OPENBLAS_CORETYPE: 'Haswell', MALLOC_ARENA_MAX: '1' };
  expect(pythonEnvironment(from, false)).toEqual({ PATH: '/bin', OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1' });
  expect(pythonEnvironment(from, true)).toMatchObject({ PATH: '/bin', MALLOC_TRIM_THRESHOLD_: '4294967296' });
});
