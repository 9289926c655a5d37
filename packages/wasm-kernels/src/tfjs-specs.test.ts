import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const runner = fileURLToPath(new URL('../scripts/tfjs-specs.mjs', import.meta.url));

interface Report {
  readonly specs: number;
  readonly broken: readonly string[];
  readonly training: {
    readonly specs: number;
    readonly failedAlone: number;
    readonly failed: readonly string[];
    readonly lacking: readonly string[];
  };
}

test(
  "tfjs-core's own specs: none that passes on stock wasm fails with our kernels, and no gradient lacks a kernel",
  { timeout: 300_000 },
  async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [runner, '--json'], { maxBuffer: 2 ** 24 }).catch(
      (error: { stdout: string }) => error,
    );
    const { specs, broken, training } = JSON.parse(stdout) as Report;
    expect(specs).toBeGreaterThan(4000);
    expect(broken).toEqual([]);
    expect(training.lacking).toEqual([]);
    expect(training.specs).toBeGreaterThan(550);
    expect(training.failedAlone).toBeGreaterThan(50); // or the comparison compares nothing
  },
);
