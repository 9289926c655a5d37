import { testTransform } from '@downhill/conformance';
import { expect, test } from 'vitest';
import { walkOne } from '../test/walk.ts';
import { adam } from './adam.ts';
import { amsgrad } from './amsgrad.ts';

testTransform('amsgrad', () => amsgrad({ learningRate: 0.1 }), { factories: { amsgrad } });

test('amsgrad is adam with its switch, to the last bit', async () => {
  const options = { learningRate: 0.1, beta1: 0.5, beta2: 0.5, epsilon: 0.1, biasCorrection: false };
  const gradients = [10, 0.1, -0.2, 0.3];
  expect(await walkOne(amsgrad(options), 1, gradients)).toEqual(await walkOne(adam({ ...options, amsgrad: true }), 1, gradients));
});

test('amsgrad has no switch of its own', () => {
  expect(() => amsgrad({ amsgrad: false } as never)).toThrow('amsgrad: has no option `amsgrad`');
});
