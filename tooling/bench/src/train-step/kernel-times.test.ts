import { beforeAll, expect, test } from 'vitest';
import { getKernel, square, tensor } from '@tensorflow/tfjs-core';
import { useBackend } from '../backend.ts';
import { Stopwatch, withTimedKernels } from './kernel-times.ts';

beforeAll(() => useBackend('cpu'));

test('a stopwatch counts a name without the names inside of it', () => {
  const stopwatch = new Stopwatch();
  const spin = (ms: number): void => {
    const end = performance.now() + ms;
    while (performance.now() < end);
  };
  const start = performance.now();
  stopwatch.run('outer', () => {
    spin(2);
    stopwatch.run('inner', () => spin(4));
    stopwatch.run('inner', () => spin(4));
  });
  const whole = performance.now() - start;
  const times = stopwatch.perStep(1);
  expect(times.map(({ kernel, calls }) => [kernel, calls])).toEqual(
    expect.arrayContaining([
      ['inner', 2],
      ['outer', 1],
    ]),
  );
  expect(times.reduce((sum, { ms }) => sum + ms, 0)).toBeLessThanOrEqual(whole); // nothing is counted twice
});

test('kernels are counted while they are timed, and as they were afterwards', () => {
  const before = getKernel('Square', 'cpu');
  const stopwatch = new Stopwatch();
  const result = withTimedKernels('cpu', stopwatch, () => [square(tensor([1, 2])), square(tensor([3]))]);
  expect([...result[0]!.dataSync()]).toEqual([1, 4]);
  expect(stopwatch.perStep(2).map(({ kernel, calls }) => [kernel, calls])).toEqual([['Square', 1]]);
  expect(getKernel('Square', 'cpu').kernelFunc).toBe(before.kernelFunc);
});
