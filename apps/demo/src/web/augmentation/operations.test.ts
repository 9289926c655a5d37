import * as augmentation from '@downhill/augmentation';
import { isAugmentation } from '@downhill/core';
import { expect, test } from 'vitest';
import { MAKERS } from './makers.ts';
import { OPERATIONS, operationNamed, rangeOf, strengthText, valueAt } from './operations.ts';
import { PIPELINES } from './pipelines.ts';
import { MOST_STEPS } from './augmentation-state.ts';

/** What the package exports that is called by itself or no operation on one picture. */
const OTHERS = new Set([
  'compose',
  'mixup',
  'cutmix',
  'cutmixBox',
  'fiveCrop',
  'tenCrop',
  'multiScale',
  'predictViews',
  'predictViewMasks',
  'augmentedBatches',
  'mixedBatches',
  'mapImages',
  'magnitudeOf',
  'subPolicyDraws',
  'augMixSpace',
  'autoAugmentSpace',
  'randAugmentSpace',
  'trivialAugmentWideSpace',
]);

test('every operation of the package is there, and none beside', () => {
  const exported = Object.entries(augmentation).filter(([name, value]) => typeof value === 'function' && !OTHERS.has(name));
  const shown = new Set(OPERATIONS.map(({ name }) => name.split(' ')[0]));
  expect([...shown].toSorted()).toEqual(exported.map(([name]) => name).toSorted());
  expect(Object.keys(MAKERS).toSorted()).toEqual(OPERATIONS.map(({ name }) => name).toSorted());
});

test.each(OPERATIONS)('$name is made at its weakest, usual and strongest, drawn and in full', (operation) => {
  const { name, strength } = operation;
  const make = MAKERS[name]!;
  for (const value of [valueAt(operation, 0), strength?.usual ?? 0, valueAt(operation, 1)])
    for (const extent of ['drawn', 'full'] as const) {
      const made = make(value, extent);
      expect(isAugmentation(made)).toBe(true);
      expect(made.name).toBe(name.split(' ')[0]);
    }
});

test('an operation with a number has it as it goes from weak to strong', () => {
  const posterize = operationNamed('posterize')!;
  expect([0, 0.5, 1].map((portion) => valueAt(posterize, portion))).toEqual([8, 5, 1]);
  expect(rangeOf(posterize.strength!)).toEqual({ min: 1, max: 8, whole: true });
  expect(strengthText(posterize, 1)).toBe('bits 1');
  expect(strengthText(operationNamed('equalize')!, 1)).toBe('');
  expect(strengthText(operationNamed('trivialAugmentWide')!, 1)).toBe('');
});

test.each(PIPELINES)('the pipeline $name has known operations, their numbers in range', ({ steps }) => {
  expect(steps.length).toBeLessThanOrEqual(MOST_STEPS);
  for (const { operation, value } of steps) {
    const found = operationNamed(operation);
    expect(found).toBeDefined();
    if (found?.strength === undefined) continue;
    const { min, max } = rangeOf(found.strength);
    expect(value).toBeGreaterThanOrEqual(min);
    expect(value).toBeLessThanOrEqual(max);
  }
});
