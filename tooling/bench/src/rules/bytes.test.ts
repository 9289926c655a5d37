import { adafactor, adam, lamb, lookahead, muon, nesterovLookAhead, sam, sgd } from '@downhill/optimizers';
import { expect, test } from 'vitest';
import { bytesOfStep, kindOf } from './bytes.ts';

test('SGD reads the gradient and the weight and writes the weight: 12 bytes each', () => {
  expect(bytesOfStep(sgd(), [[10, 20], [20]])).toBe(12 * 220);
});

test('Adam moves two moments in and out as well', () => {
  expect(bytesOfStep(adam(), [[10, 20], [20]])).toBe(28 * 220);
});

test('a factored moment counts as its row and column', () => {
  expect(bytesOfStep(adafactor(), [[200, 300]])).toBe(12 * 60_000 + 8 * 500);
});

test('what sleeps at most steps does not count', () => {
  expect(bytesOfStep(lookahead(sgd({ momentum: 0.9 })), [[10]])).toBe(20 * 10);
});

test.each([
  ['sgd', sgd(), 'elementwise'],
  ['adam', adam(), 'elementwise'],
  ['lamb', lamb(), 'reduces'],
  ['adafactor', adafactor(), 'reduces'],
  ['muon', muon(), 'whole tensors'],
  ['lookahead', lookahead(sgd()), 'elementwise'],
  ['sam', sam(sgd()), 'looks at the loss'],
  ['nesterovLookAhead', nesterovLookAhead(), 'looks at the loss'],
] as const)('%s is told by its graph', (_name, rule, kind) => {
  expect(kindOf(rule)).toBe(kind);
});
