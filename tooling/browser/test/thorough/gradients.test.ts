import { describe, expect, test } from 'vitest';
import type { calls } from '../../src/pages/gradients.ts';
import { useBrowser, useProgram } from '../use-program.ts';

const browser = useBrowser();

describe.each(['webgl', 'webgpu'] as const)("a convolution's gradients on %s", (backend) => {
  const call = useProgram<typeof calls>(browser, 'gradients');

  test.each([1, 2])('are those of cpu, with a stride of %i', async (stride) => {
    const expected = await call('gradients', 'cpu', stride);
    const found = await call('gradients', backend, stride);
    for (const [i, gradient] of expected.entries()) {
      const largest = Math.max(...gradient.map(Math.abs));
      expect(largest).toBeGreaterThan(0.1);
      for (const [at, value] of gradient.entries()) expect(Math.abs((found[i]?.[at] ?? Number.NaN) - value) / largest).toBeLessThan(1e-5);
    }
  });
});
