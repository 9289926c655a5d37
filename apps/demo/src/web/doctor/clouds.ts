import { randomStream, streamKey } from '@downhill/core';
import type { ArrayData } from '@downhill/training';

export const CLASSES = 10;
export const FEATURES = 16;
const SPREAD = 0.9; // beside centres that lie about 1 apart in each dimension: a network gets nearly all right, a line does not

/** Two Gaussian clouds a class in sixteen dimensions, from an example on; a share of the labels is wrong. */
export function clouds(seed: number, { from, count, wrong }: { from: number; count: number; wrong: number }): ArrayData {
  const centres = randomStream(streamKey(seed, 'centres'));
  const noise = randomStream(streamKey(seed, 'clouds'));
  const { bernoulliAt, integerBelow } = randomStream(streamKey(seed, 'wrong labels'));
  const xs = new Float32Array(count * FEATURES);
  const labels = new Int32Array(count);
  for (let i = 0; i < count; i += 1) {
    const example = from + i;
    const label = example % CLASSES;
    const cloud = label + CLASSES * (Math.floor(example / CLASSES) % 2);
    for (let k = 0; k < FEATURES; k += 1)
      xs[i * FEATURES + k] = centres.normalAt(cloud * FEATURES + k) + SPREAD * noise.normalAt(example * FEATURES + k);
    labels[i] = bernoulliAt(2 * i, wrong) ? (label + 1 + integerBelow(2 * i + 1, CLASSES - 1)) % CLASSES : label;
  }
  return { xs: { values: xs, shape: [FEATURES] }, ys: { values: labels, shape: [] } };
}
