import { joinIdx } from '../../recipe/idx-parts.ts';
import { mnist, type Mnist } from '../../recipe/mnist.ts';

/** Images in each of the files that the build writes into `digits/`. */
export const PART = 2000;

/** How many test images judge a run on so many training images: a third as many, or judging a subset would take longer than training. */
const testImagesFor = (limit: number): number => Math.min(10_000, Math.max(200, Math.ceil(limit / 3)));

/** Fetches as many of MNIST's images as a run needs, from beside the page. @param read Gives the bytes of a file of `digits/`. */
export async function fetchDigits(
  limit: number,
  read: (name: string) => Promise<Uint8Array>,
  tested: number = testImagesFor(limit),
): Promise<Mnist> {
  const images = async (name: string, count: number): Promise<Uint8Array> => {
    const parts = Array.from({ length: Math.ceil(count / PART) }, (_, part) => read(`${name}-${part}.idx`));
    return joinIdx(name, await Promise.all(parts), count);
  };
  const [trainImages, trainLabels, testImages, testLabels] = await Promise.all([
    images('train-images', limit),
    images('train-labels', limit),
    images('test-images', tested),
    images('test-labels', tested),
  ]);
  return mnist({ trainImages, trainLabels, testImages, testLabels }, limit);
}
