import { readMnist } from '@downhill/demo/node';
import { mnist } from '@downhill/demo/recipe';
import type { ArrayData } from '@downhill/training';

let files: ReturnType<typeof readMnist> | undefined;

/** The first pictures of MNIST's training set, whose files are read once. */
export async function digits(count: number): Promise<ArrayData> {
  files ??= readMnist();
  return mnist(await files, count).training;
}
