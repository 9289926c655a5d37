import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend, tensor, tensor1d, tensor2d, zeros } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { labelsOf, oneHotOutputs, outputsFrom, outputsOf, predictedClasses, toTensor } from '../index.ts';

beforeAll(() => setBackend('cpu'));

describe('outputsOf', () => {
  test('lays further axes side by side', async () => {
    const outputs = await outputsOf(tensor([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2]));
    expect(outputs.shape).toEqual([2, 4]);
    expect([...outputs.values]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('gives rows of one number for a tensor of one axis', async () => {
    expect((await outputsOf(tensor1d([3, 4]))).shape).toEqual([2, 1]);
  });

  test('gives a copy: what the tensor is backed by stays as it is', async () => {
    const source = tensor2d([[0.5, 0.5]]);
    const outputs = await outputsOf(source);
    outputs.values[0] = 9;
    expect([...source.dataSync()]).toEqual([0.5, 0.5]);
  });

  test('comes back through toTensor, and leaves no tensor but that one', async () => {
    const source = tensor2d([
      [0.1, 0.9],
      [0.7, 0.3],
    ]);
    const before = memory().numTensors;
    const back = toTensor(await outputsOf(source));
    expect(memory().numTensors).toBe(before + 1);
    expect(back.shape).toEqual(source.shape);
    expect(back.dataSync()).toEqual(source.dataSync());
  });

  test('refuses a scalar and strings', async () => {
    await expect(outputsOf(tensor(1))).rejects.toThrow('outputsOf: `tensor` must have a first axis of examples, got a scalar');
    await expect(outputsOf(tensor(['a']))).rejects.toMatchObject({ code: 'invalid-argument' });
  });

  test('takes an empty batch, which nothing else does', async () => {
    const empty = await outputsOf(zeros([0, 3]));
    expect(empty.shape).toEqual([0, 0]);
    expect(() => predictedClasses(empty)).toThrow('at least [1, 1]');
  });
});

describe('labelsOf', () => {
  test('reads class numbers, a column of them, and one-hot rows', async () => {
    expect([...(await labelsOf(tensor1d([2, 0, 1], 'int32')))]).toEqual([2, 0, 1]);
    expect([...(await labelsOf(tensor2d([[1], [0]])))]).toEqual([1, 0]);
    expect([
      ...(await labelsOf(
        tensor2d([
          [0, 0, 1],
          [1, 0, 0],
        ]),
      )),
    ]).toEqual([2, 0]);
  });
});

describe('predictedClasses', () => {
  test('undoes oneHotOutputs', () => {
    expect([...predictedClasses(oneHotOutputs([3, 0, 2], 4))]).toEqual([3, 0, 2]);
  });

  test('reads one column as the probability of class 1, which ½ is too little for', () => {
    expect([...predictedClasses(outputsFrom([[0.4], [0.5], [0.6]]))]).toEqual([0, 0, 1]);
  });
});

describe('outputsFrom', () => {
  test('names the first row of another length', () => {
    expect(() => outputsFrom([[1, 2], [3]])).toThrow('got 1 numbers in row 1 and 2 in row 0');
  });

  test.each([[[]], [[[]]]])('refuses %j', (rows) => {
    expect(() => outputsFrom(rows)).toThrow(expect.objectContaining({ code: 'shape-mismatch' }));
  });
});

describe('oneHotOutputs', () => {
  test('refuses a class that there is not', () => {
    expect(() => oneHotOutputs([0, 3], 3)).toThrow('`labels` must be whole numbers from 0 to 2, got 3 at 1');
  });
});
