import { getKernelsForBackend, registerKernel, unregisterKernel, type KernelConfig } from '@tensorflow/tfjs-core';
import type { KernelTime } from '../measure/contender.ts';

/** Adds up what happens under each name, without what happens under other names inside of it. */
export class Stopwatch {
  private readonly totals = new Map<string, { calls: number; ms: number }>();
  /** Time spent in the names inside of each name that is running. */
  private readonly inside: number[] = [0];

  run<Result>(name: string, work: () => Result): Result {
    const start = performance.now();
    this.inside.push(0);
    try {
      return work();
    } finally {
      const whole = performance.now() - start;
      const inner = this.inside.pop() ?? 0;
      this.inside[this.inside.length - 1] = (this.inside.at(-1) ?? 0) + whole;
      const total = this.totals.get(name) ?? { calls: 0, ms: 0 };
      this.totals.set(name, { calls: total.calls + 1, ms: total.ms + whole - inner });
    }
  }

  /** Calls and time of each name, in `steps` parts, the longest first. */
  perStep(steps: number): readonly KernelTime[] {
    return [...this.totals]
      .map(([kernel, { calls, ms }]) => ({ kernel, calls: calls / steps, ms: ms / steps }))
      .toSorted((a, b) => b.ms - a.ms);
  }
}

/** Runs `work` while every kernel of a backend is timed. */
export function withTimedKernels<Result>(backend: string, stopwatch: Stopwatch, work: () => Result): Result {
  const originals = getKernelsForBackend(backend);
  const timed = originals.map((config): KernelConfig => ({
    ...config,
    kernelFunc: (call) => stopwatch.run(config.kernelName, () => config.kernelFunc(call)),
  }));
  replaceKernels(timed);
  try {
    return work();
  } finally {
    replaceKernels(originals);
  }
}

/** Registers kernels in place of those of their names. */
export function replaceKernels(kernels: readonly KernelConfig[]): void {
  for (const config of kernels) {
    unregisterKernel(config.kernelName, config.backendName); // registering over it prints a warning
    registerKernel(config);
  }
}
