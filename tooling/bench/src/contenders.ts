import { fileURLToPath } from 'node:url';
import type { Benchmark, BenchmarkCase } from './benchmark.ts';
import { pythonEnvironment } from './python.ts';
import type { WorkerCommand } from './worker/client.ts';

const WORKER = fileURLToPath(new URL('./worker/main.js', import.meta.url));
const PYTHON_WORKER = fileURLToPath(new URL('../python/worker.py', import.meta.url));

/** The contenders that run in Python, and whether they are given PyTorch's best. */
const TORCH: Readonly<Record<string, { tuned: boolean }>> = {
  PyTorch: { tuned: false },
  'PyTorch tuned': { tuned: true },
  torchvision: { tuned: true },
};

/** Names of all subjects and peers of a case, each once. */
export function contenderNames({ pairs }: BenchmarkCase): readonly string[] {
  return [...new Set(pairs.flatMap(({ subject, peer }) => [subject, peer]))];
}

/** How to start a contender. @returns `undefined` for one that needs a Python that is not there. */
export function workerCommand(
  benchmark: Benchmark,
  { name: caseName, torch }: BenchmarkCase,
  name: string,
  python?: string,
): WorkerCommand | undefined {
  const how = TORCH[name];
  if (how === undefined) return { name, command: process.execPath, args: ['--expose-gc', WORKER, benchmark.name, caseName, name] };
  if (python === undefined || torch === undefined) return undefined;
  const settings = JSON.stringify({ ...torch.settings, tuned: how.tuned });
  return { name, command: python, args: ['-B', PYTHON_WORKER, torch.module, settings], env: pythonEnvironment(process.env, how.tuned) };
}
