import { beforeAll, expect, test } from 'vitest';
import { readMnist } from '../../node/read-mnist.ts';
import { splitIdx } from '../../recipe/idx-parts.ts';
import { mnist, type MnistFiles } from '../../recipe/mnist.ts';
import { fetchDigits, PART } from './fetch-digits.ts';

let files: MnistFiles;
beforeAll(async () => {
  files = await readMnist();
});

const KEYS = {
  'train-images': 'trainImages',
  'train-labels': 'trainLabels',
  'test-images': 'testImages',
  'test-labels': 'testLabels',
} as const;

/** What the build writes beside the page, with a note of what was asked for. */
function folder(): { readonly asked: string[]; read(name: string): Promise<Uint8Array> } {
  const asked: string[] = [];
  return {
    asked,
    async read(name) {
      asked.push(name);
      const [, file = '', part = ''] = /^(.*)-(\d+)\.idx$/.exec(name) ?? [];
      const found = splitIdx(file, files[KEYS[file as keyof typeof KEYS]], PART)[Number(part)];
      if (found === undefined) throw new Error(`there is no ${name}`);
      return found;
    },
  };
}

test('fetches only the parts that a run needs, and they are the first images', async () => {
  const { asked, read } = folder();
  const { training, test: tested } = await fetchDigits(2100, read);
  expect(asked.toSorted()).toEqual(
    ['test-images-0', 'test-labels-0', 'train-images-0', 'train-images-1', 'train-labels-0', 'train-labels-1'].map((name) => `${name}.idx`),
  );
  const expected = mnist(files, 2100);
  expect(training.xs.shape).toEqual(expected.training.xs.shape);
  expect(Buffer.from(training.xs.values).equals(Buffer.from(expected.training.xs.values))).toBe(true);
  expect([...training.ys.values]).toEqual([...expected.training.ys.values]);
  expect([...tested.ys.values]).toEqual([...expected.test.ys.values.subarray(0, 700)]);
});

test('is judged by a third as many test images, but by some hundred, and by all of them where all images train', async () => {
  const counts = await Promise.all(
    [12, 6000, 60_000].map(async (limit) => (await fetchDigits(limit, folder().read)).test.ys.values.length),
  );
  expect(counts).toEqual([200, 2000, 10_000]);
});
