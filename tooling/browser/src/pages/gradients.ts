import '@tensorflow/tfjs-layers'; // registers tfjs's gradients
import { conv2d, grads, maxPool, relu, square, sum, tensor, tidy, type Tensor4D } from '@tensorflow/tfjs-core';
import { expose } from './lib/expose.ts';
import { openBackend, type BackendName } from './lib/backends.ts';

const SHAPES: readonly [number, number, number, number][] = [
  [2, 8, 8, 1], // images
  [3, 3, 1, 4], // filters of the first convolution
  [3, 3, 4, 3], // filters of the second
];

/** Numbers between -0.5 and 0.5 that look like noise. */
const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => ((i * 37 + 11) % 101) / 101 - 0.5);

/** Two convolutions with what stands around them in a network. */
const loss = (images: Tensor4D, first: Tensor4D, second: Tensor4D, stride: number) =>
  sum(square(conv2d(maxPool(relu(conv2d(images, first, 1, 'same')), 2, 2, 'valid'), second, stride, 'same')));

export const calls = {
  /** The gradients of a loss after two convolutions, with respect to the images and both filters. */
  gradients: async (name: BackendName, stride: number): Promise<readonly (readonly number[])[]> => {
    await openBackend(name);
    const found = tidy(() => {
      const given = SHAPES.map((shape) => tensor(numbers(shape.reduce((a, b) => a * b, 1)), shape));
      return grads((...[images, first, second]) => loss(images as Tensor4D, first as Tensor4D, second as Tensor4D, stride))(given);
    });
    try {
      return await Promise.all(found.map(async (gradient) => [...(await gradient.data())]));
    } finally {
      for (const gradient of found) gradient.dispose();
    }
  },
};

expose(calls);
