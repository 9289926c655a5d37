import { joinIdx } from '../../recipe/idx-parts.ts';
import { mnist, type Mnist } from '../../recipe/mnist.ts';

/** Images in each of the files that the build writes into `digits/`. */
export const PART = 2000;

/** How many test images judge a run on so many training images: a third as many, or judging a subset would take longer than training. */
const testImagesFor = (limit: number): number => Math.min(10_000, Math.max(200, Math.ceil(limit / 3)));

/** Gives the bytes of a file of `digits/`. */
export type ReadFile = (name: string) => Promise<Uint8Array>;

/** Fetches the first so many of a set's images or labels, as an idx file. */
export async function fetchSet(name: `${'train' | 'test'}-${'images' | 'labels'}`, count: number, read: ReadFile): Promise<Uint8Array> {
  const parts = Array.from({ length: Math.ceil(count / PART) }, (_, part) => read(`${name}-${part}.idx`));
  return joinIdx(name, await Promise.all(parts), count);
}

/** Fetches as many of MNIST's images as a run needs. */
export async function fetchDigits(limit: number, read: ReadFile, tested: number = testImagesFor(limit)): Promise<Mnist> {
  const [trainImages, trainLabels, testImages, testLabels] = await Promise.all([
    fetchSet('train-images', limit, read),
    fetchSet('train-labels', limit, read),
    fetchSet('test-images', tested, read),
    fetchSet('test-labels', tested, read),
  ]);
  return mnist({ trainImages, trainLabels, testImages, testLabels }, limit);
}
