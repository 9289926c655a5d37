import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-layers'; // registers all gradients
import { beforeAll, describe, expect, test } from 'vitest';
import { randomValues } from '../../test/arbitrary.ts';
import { tensor4d as tensor } from '../../test/tensors.ts';
import { wasmMemory } from '../memory.ts';
import { registerWasmTrainingKernels } from '../register.ts';

type Shape = [number, number, number, number];

const bits = (x: tf.Tensor): readonly number[] => [...new Uint32Array(Float32Array.from(x.dataSync()).buffer)];

/** Makes tfjs look: what is deferred is worked out. */
const look = <Kind extends tf.Tensor>(x: Kind): Kind => {
  wasmMemory(tf.backend())?.address(x.dataId);
  return x;
};

interface Case {
  readonly name: string;
  readonly x: Shape;
  readonly filter: Shape;
  readonly strides: number;
  readonly depthwise?: boolean;
}

const CASES: readonly Case[] = [
  { name: 'tiles', x: [5, 32, 32, 16], filter: [3, 3, 16, 16], strides: 1 },
  { name: 'tiles of an odd number of images', x: [33, 9, 9, 24], filter: [3, 3, 24, 20], strides: 1 },
  { name: 'stride 2', x: [6, 28, 28, 16], filter: [3, 3, 16, 24], strides: 2 },
  { name: '1 x 1', x: [6, 28, 28, 16], filter: [1, 1, 16, 24], strides: 1 },
  { name: 'large images', x: [2, 70, 64, 16], filter: [3, 3, 16, 8], strides: 1 },
  { name: 'depthwise', x: [6, 28, 28, 24], filter: [3, 3, 24, 1], strides: 1, depthwise: true },
];

describe('convolutions of what is still to be worked out', () => {
  beforeAll(async () => {
    await tf.setBackend('wasm');
    await registerWasmTrainingKernels();
  });

  /** A bias and relu, and the convolution of that. */
  const layer =
    ({ strides, depthwise = false }: Case, seen: boolean) =>
    (x: tf.Tensor4D, bias: tf.Tensor1D, filter: tf.Tensor4D): tf.Tensor4D => {
      const activated = tf.relu(tf.add(x, bias)) as tf.Tensor4D;
      if (seen) look(activated);
      return depthwise ? tf.depthwiseConv2d(activated, filter, strides, 'same') : tf.conv2d(activated, filter, strides, 'same');
    };

  const operands = ({ x, filter }: Case): [tf.Tensor4D, tf.Tensor1D, tf.Tensor4D] => [
    tensor(x, 1),
    tf.tensor1d(randomValues(x[3], 2)),
    tensor(filter, 3),
  ];

  test.each(CASES)('$name: forward has the bits of what is there', (oneCase) => {
    tf.tidy(() => {
      const [deferred, there] = [false, true].map((seen) => layer(oneCase, seen)(...operands(oneCase)));
      expect(bits(deferred!)).toEqual(bits(there!));
    });
  });

  test.each(CASES)('$name: gradients have the same bits in whatever order they are looked at, and of whatever is there', (oneCase) => {
    tf.tidy(() => {
      const y = layer(oneCase, true)(...operands(oneCase));
      const [scale, weights] = [tensor([1, 1, 1, y.shape[3]], 5), tensor(y.shape, 4)];
      const gradients = (seen: boolean, order: readonly number[]): (readonly number[])[] => {
        const dy = tf.mul(weights, scale);
        if (seen) look(dy);
        const run = tf.grads((...inputs) => layer(oneCase, seen)(...(inputs as [tf.Tensor4D, tf.Tensor1D, tf.Tensor4D])));
        const found = run(operands(oneCase), dy);
        for (const index of order) look(found[index]!);
        return found.map(bits);
      };
      const expected = gradients(true, [0, 1, 2]);
      for (const order of [[0], [1], [2], [2, 1], [2, 0]]) expect(gradients(false, order)).toEqual(expected);
      expect(gradients(true, [2])).toEqual(expected);
    });
  });

  test.each(CASES)('$name: what is summed while it is worked out has the bits of what is there', (oneCase) => {
    tf.tidy(() => {
      const [x, , filter] = operands(oneCase);
      const { strides, depthwise = false } = oneCase;
      const convolve = (image: tf.Tensor): tf.Tensor4D =>
        depthwise
          ? tf.depthwiseConv2d(image as tf.Tensor4D, filter, strides, 'same')
          : tf.conv2d(image as tf.Tensor4D, filter, strides, 'same');
      const results = (seen: boolean): readonly (readonly number[])[] => {
        const y = convolve(x);
        if (seen) look(y);
        const { mean, variance } = tf.moments(y, [0, 1, 2]);
        const dx = tf.grad(convolve)(x, y);
        if (seen) look(dx);
        const sum = tf.sum(tf.mul(dx, x), [0, 1, 2]);
        return [mean, variance, sum, y, dx].map(bits);
      };
      expect(results(false)).toEqual(results(true));
    });
  });

  test('the gradient by images that nobody asks for is not worked out, and leaves nothing behind', () => {
    const [x, , filter] = operands(CASES[0]!);
    const before = tf.memory();
    const dataIds = tf.engine().backend.numDataIds();
    tf.tidy(() => {
      look(tf.grad((w) => tf.conv2d(x, w as tf.Tensor4D, 1, 'same'))(filter));
      tf.grads((image, w) => tf.conv2d(image as tf.Tensor4D, w as tf.Tensor4D, 1, 'same'))([x, filter]);
    });
    expect(tf.memory()).toEqual(before);
    expect(tf.engine().backend.numDataIds()).toBe(dataIds);
    tf.dispose([x, filter]);
  });

  test('the gradient by the filter of no images is zero', () => {
    const [x, dy] = [tf.zeros([0, 5, 5, 3]), tf.zeros([0, 5, 5, 2])];
    const attributes = { strides: 1, pad: 'same', dataFormat: 'NHWC', filterShape: [3, 3, 3, 2] };
    const dw = tf.engine().runKernel('Conv2DBackpropFilter', { x, dy }, attributes) as tf.Tensor;
    expect([...dw.dataSync()]).toEqual(new Array(54).fill(0));
    tf.dispose([x, dy, dw]);
  });

  test('weights that are replaced before anybody looks do not change what was convolved', () => {
    const x = tensor([2, 16, 16, 16], 1);
    const w = tf.variable(tensor([3, 3, 16, 16], 2));
    const gradient = (): tf.Tensor => tf.grad((image) => tf.conv2d(image as tf.Tensor4D, w as unknown as tf.Tensor4D, 1, 'same'))(x);
    const first = gradient();
    const expected = bits(first);
    const later = gradient();
    w.assign(tf.zeros([3, 3, 16, 16]));
    expect(bits(later)).toEqual(expected);
    tf.dispose([x, w, first, later]);
  });
});
