import { randomStream, streamKey, type RandomStream } from '@downhill/core';
import { mnist } from '@downhill/demo/recipe';
import { readMnist } from '@downhill/demo/node';

/** Points with their classes; the first `training` of them are trained on. */
export interface Task {
  readonly name: string;
  readonly classes: number;
  readonly features: number;
  /** The shape of an example for a convnet, where it is a picture. */
  readonly picture?: readonly [number, number, number];
  example(i: number): { readonly x: readonly number[]; readonly y: number };
}

type Maker = (seed: number, classes: number) => Task;

/** Classes by a random tanh network of one hidden layer, its largest output. */
const teacher: Maker = (seed, classes) => {
  const features = 10;
  const hidden = 12;
  const { normalAt } = randomStream(streamKey(seed, 'teacher'));
  const inputs = randomStream(streamKey(seed, 'teacher inputs'));
  const outputs = (x: readonly number[]): number[] => {
    const h = range(hidden).map((j) => Math.tanh(range(features).reduce((sum, k) => sum + (x[k] ?? 0) * normalAt(j * features + k), 0)));
    return range(classes).map((c) => range(hidden).reduce((sum, j) => sum + (h[j] ?? 0) * normalAt(1000 + c * hidden + j), 0));
  };
  const middle = range(classes).map(
    (c) => range(200).reduce((sum, i) => sum + (outputs(point(inputs, 1e6 + i, features))[c] ?? 0), 0) / 200,
  );
  return {
    name: `teacher of ${classes} classes`,
    classes,
    features,
    example(i) {
      const x = point(inputs, i, features);
      const scores = outputs(x).map((value, c) => value - (middle[c] ?? 0));
      return { x, y: scores.indexOf(Math.max(...scores)) };
    },
  };
};

/** Two Gaussian clouds a class, in eight dimensions. */
const clouds: Maker = (seed, classes) => {
  const features = 8;
  const centres = randomStream(streamKey(seed, 'centres'));
  const noise = randomStream(streamKey(seed, 'clouds'));
  return {
    name: `clouds of ${classes} classes`,
    classes,
    features,
    example(i) {
      const y = i % classes;
      const cloud = y + classes * (Math.floor(i / classes) % 2);
      return { x: range(features).map((k) => 1.1 * centres.normalAt(cloud * features + k) + 0.6 * noise.normalAt(i * features + k)), y };
    },
  };
};

/** Arms of a spiral in the plane. */
const spirals: Maker = (seed, classes) => {
  const noise = randomStream(streamKey(seed, 'spirals'));
  return {
    name: `spirals of ${classes} arms`,
    classes,
    features: 2,
    example(i) {
      const y = i % classes;
      const r = noise.uniformAt(2 ** 20 + i);
      const angle = 3.5 * r + (2 * Math.PI * y) / classes;
      return { x: [2 * r * Math.cos(angle) + 0.06 * noise.normalAt(2 * i), 2 * r * Math.sin(angle) + 0.06 * noise.normalAt(2 * i + 1)], y };
    },
  };
};

const digits = await readMnist().then((files) => mnist(files, 20_000).training);

/** Handwritten digits at half their size. */
export const smallDigits: Maker = (seed) => {
  const order = randomStream(streamKey(seed, 'digits')).permutation(20_000);
  const pixel = (image: number, row: number, column: number): number => digits.xs.values[image * 784 + row * 28 + column] ?? 0;
  return {
    name: 'digits',
    classes: 10,
    features: 196,
    picture: [14, 14, 1],
    example(i) {
      const image = order[i] ?? 0;
      const x = range(196).map((place) => {
        const [row, column] = [2 * Math.floor(place / 14), 2 * (place % 14)];
        const sum =
          pixel(image, row, column) + pixel(image, row + 1, column) + pixel(image, row, column + 1) + pixel(image, row + 1, column + 1);
        return sum / 1020;
      });
      return { x, y: digits.ys.values[image] ?? 0 };
    },
  };
};

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const point = ({ normalAt }: RandomStream, i: number, features: number): number[] => range(features).map((k) => normalAt(i * features + k));

export const taskMakers: readonly Maker[] = [teacher, clouds, spirals, smallDigits];
