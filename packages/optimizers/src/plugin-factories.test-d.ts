import { build, factoryNamed, type PluginFactories, type Transform } from '@downhill/core';
import { expectTypeOf, test } from 'vitest';
import type { adamw } from './index.ts';

test('the names of this package are known to `factoryNamed` and `build`, with their options', () => {
  expectTypeOf(factoryNamed('adamw')).toEqualTypeOf<typeof adamw>();
  expectTypeOf(build({ kind: 'transform', name: 'sgd', config: {} })).toEqualTypeOf<Transform>();
  // @ts-expect-error the option is called weightDecay
  expectTypeOf(factoryNamed('adamw')).toBeCallableWith({ weigthDecay: 0.1 });
  expectTypeOf<'kernelsOnly'>().not.toExtend<keyof PluginFactories>(); // it makes no plugin
});
