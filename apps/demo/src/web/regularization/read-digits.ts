import { readIdx } from '../../recipe/idx.ts';
import { fetchSet, type ReadFile } from '../digits/fetch-digits.ts';
import type { Digits } from './digits-net.ts';

const COUNT = 300; // enough for the last layer of a small network

/** The first pictures of MNIST's test set. */
export async function readDigits(read: ReadFile): Promise<Digits> {
  const [images, labels] = await Promise.all([fetchSet('test-images', COUNT, read), fetchSet('test-labels', COUNT, read)]);
  return { images: readIdx('test-images', images).values, labels: readIdx('test-labels', labels).values };
}
