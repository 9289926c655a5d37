import { describe, expect, test } from 'vitest';
import { builders as scheduleBuilders } from './families/schedulers.ts';
import { builders as transformBuilders } from './families/transforms.ts';
import { scheduleNames, transformNames, translate } from './mapping.ts';

describe('translate', () => {
  const names = { lr: 'learningRate', betas: ['beta1', 'beta2'], caution: { only: false } } as const;

  test('gives our names to values, to the entries of a list, and to nothing that stands at its only value', () => {
    expect(translate(names, { lr: 0.1, betas: [0.9, 0.99], caution: false })).toEqual({ learningRate: 0.1, beta1: 0.9, beta2: 0.99 });
  });

  test.each([
    [{ lr: 0.1, betas: [0.9, 0.99], caution: true }, '`caution` is covered only as false, not as true'],
    [{ lr: 0.1, betas: [0.9], caution: false }, '`betas` is covered only as a list of 2'],
    [{ lr: 0.1, betas: [0.9, 0.99], caution: false, foreach: true }, 'the argument `foreach` has no counterpart'],
    [{ lr: 0.1, caution: false }, 'the config has no `betas`'],
  ])('covers no %o', (config, reason) => {
    expect(() => translate(names, config)).toThrow(reason);
  });
});

test.each([
  ['schedule', scheduleNames, scheduleBuilders],
  ['update rule', transformNames, transformBuilders],
])('every %s that has names has a builder, and the other way round', (_, names, builders) => {
  expect(new Set(Object.keys(names))).toEqual(new Set(Object.keys(builders)));
});
