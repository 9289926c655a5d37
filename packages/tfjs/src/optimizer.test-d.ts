import { chain } from '@downhill/core';
import type { Optimizer } from '@tensorflow/tfjs-core';
import type { ModelCompileArgs } from '@tensorflow/tfjs-layers';
import { expectTypeOf, test } from 'vitest';
import { optimizer, type DownhillOptimizer } from './optimizer.ts';

test('an optimizer is what tfjs takes for one', () => {
  expectTypeOf(optimizer(chain())).toEqualTypeOf<DownhillOptimizer>();
  expectTypeOf<DownhillOptimizer>().toExtend<Optimizer>();
  expectTypeOf<DownhillOptimizer>().toExtend<ModelCompileArgs['optimizer']>();
});

test('its options are words, and its numbers are numbers', () => {
  expectTypeOf(optimizer).parameter(1).toExtend<{ readonly nonFinite?: 'report' | 'skip' | 'error' } | undefined>();
  expectTypeOf<DownhillOptimizer['scalars']>().toEqualTypeOf<Readonly<Record<string, number>>>();
});
