import { expect, test } from 'vitest';
import { weightCount, weightsCases } from './cases.ts';

test('resnet20 holds the 57 tensors of the network before its dense layer', () => {
  const [resnet20] = weightsCases;
  expect(resnet20!.name).toBe('resnet20');
  expect(resnet20!.shapes).toHaveLength(57);
  expect(weightCount(resnet20!)).toBe(269_722 - 650); // 269,722 in all, as counted for option A
});

test('mlp9M holds 9.0 million weights in 6 tensors', () => {
  const [, mlp9M] = weightsCases;
  expect(mlp9M!.name).toBe('mlp9M');
  expect(mlp9M!.shapes).toHaveLength(6);
  expect((weightCount(mlp9M!) / 1e6).toFixed(1)).toBe('9.0');
});
