import { describe, expect, test } from 'vitest';
import { readMnist } from '../node/read-mnist.ts';
import { mnist, type MnistFiles } from './mnist.ts';

const word = (n: number): number[] => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
const images = (count: number, side = 28): Uint8Array =>
  Uint8Array.from([0, 0, 8, 3, ...word(count), ...word(side), ...word(side), ...new Array<number>(count * side * side).fill(9)]);
const labels = (...values: number[]): Uint8Array => Uint8Array.from([0, 0, 8, 1, ...word(values.length), ...values]);
const files = (changed: Partial<MnistFiles> = {}): MnistFiles => ({
  trainImages: images(3),
  trainLabels: labels(1, 2, 3),
  testImages: images(1),
  testLabels: labels(7),
  ...changed,
});

describe('mnist', () => {
  test('takes as many training pictures as asked for, and all test pictures', () => {
    const { training, test: held } = mnist(files(), 2);
    expect(training.ys.values).toEqual(Uint8Array.of(1, 2));
    expect(training.xs).toMatchObject({ shape: [28, 28, 1], scale: 1 / 255 });
    expect(training.xs.values).toHaveLength(2 * 784);
    expect(held.ys.values).toEqual(Uint8Array.of(7));
    expect(mnist(files(), 99).training.ys.values).toHaveLength(3);
  });

  test.each([
    [{ trainImages: images(3).subarray(0, 500) }, 'the training images'],
    [{ trainImages: images(3, 27) }, '28 x 28'],
    [{ testLabels: labels(1, 2) }, 'one label per picture (1)'],
    [{ trainLabels: labels(1, 2, 10) }, 'the label 10'],
  ])('refuses files that do not fit', (changed, message) => {
    expect(() => mnist(files(changed), 3)).toThrow(
      expect.objectContaining({ code: 'data-invalid', message: expect.stringContaining(message) }),
    );
  });

  test('reads the real files: 60,000 and 10,000 digits', async () => {
    const { training, test: held } = mnist(await readMnist(), 60_000);
    expect([training.ys.values.length, held.ys.values.length]).toEqual([60_000, 10_000]);
    expect([...training.ys.values.slice(0, 5)]).toEqual([5, 0, 4, 1, 9]);
    const counts = new Array<number>(10).fill(0);
    for (const digit of held.ys.values) counts[digit]! += 1;
    expect(counts).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
  });
});
