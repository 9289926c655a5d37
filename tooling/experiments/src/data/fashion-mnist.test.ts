import { createHash } from 'node:crypto';
import { mnist } from '@downhill/demo/recipe';
import { expect, test } from 'vitest';
import { FASHION_SPLIT, prepareFashionMnist, readFashionMnist } from './fashion-mnist.ts';

test('holds 12,000 and 4,000 different pictures, as many of each class', async () => {
  await prepareFashionMnist({ signal: new AbortController().signal, onPart: () => {} });
  const { training, test: heldOut } = mnist(await readFashionMnist(), FASHION_SPLIT.training);
  const hashes = new Set<string>();
  for (const [data, perClass] of [
    [training, 1200],
    [heldOut, 400],
  ] as const) {
    const counts = new Array<number>(10).fill(0);
    for (const label of data.ys.values) counts[label]! += 1;
    expect(counts).toEqual(new Array<number>(10).fill(perClass));
    for (let at = 0; at < data.xs.values.length; at += 784)
      hashes.add(
        createHash('sha256')
          .update(data.xs.values.subarray(at, at + 784))
          .digest('hex'),
      );
  }
  expect(hashes.size).toBe(16_000);
});
