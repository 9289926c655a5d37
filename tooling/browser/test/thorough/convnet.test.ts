import { describe, expect, test } from 'vitest';
import type { calls } from '../../src/pages/convnet.ts';
import { useBrowser, useProgram } from '../use-program.ts';

const browser = useBrowser();

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;

// In software a step of the recipe's 64 images takes seconds: few images, learned by heart, show the same.
describe.each(['webgl', 'webgpu'] as const)("the recipe's network, on %s", (backend) => {
  const call = useProgram<typeof calls>(browser, 'convnet');

  test('learns, and leaves no tensor behind', async () => {
    const { losses, tensors, left } = await call('train', backend, { images: 16, batchSize: 8, epochs: 8 });
    expect(losses).toHaveLength(16);
    expect(mean(losses.slice(0, 2))).toBeGreaterThan(1.5);
    expect(mean(losses.slice(-2))).toBeLessThan(0.2);
    expect(new Set(tensors.slice(1)).size).toBe(1);
    expect(left).toBe(0);
  });
});
