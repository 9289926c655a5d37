import { describe, expectTypeOf, test } from 'vitest';
import type { Plugin } from './plugin.ts';
import type { FactoriesIn } from './plugin-factories.ts';
import { build, factoryNamed, registeredNames } from './registry.ts';
import { schedule, type Schedule } from './schedule.ts';
import { transform, type Transform } from './transform.ts';

const tiger = ({ beta = 0.9 }: { readonly beta?: number } = {}): Transform => transform({ name: 'tiger', config: { beta } });
const hill = (steps: number): Schedule => schedule({ name: 'hill', config: [steps], at: (step) => step / steps });

interface Others extends FactoriesIn<{ readonly hill: typeof hill; readonly VERSION: string; readonly help: () => string }> {}

// As a package of plugins writes it, with '@downhill/core' in place of the file.
declare module './plugin-factories.ts' {
  interface PluginFactories extends Others {
    readonly tiger: typeof tiger;
  }
}

describe('names that a package declares', () => {
  test('are known with their options and what they make', () => {
    expectTypeOf(factoryNamed('tiger')).toEqualTypeOf<typeof tiger>();
    expectTypeOf(factoryNamed('tiger')({ beta: 0.5 })).toEqualTypeOf<Transform>();
    expectTypeOf(factoryNamed('hill')(3)).toEqualTypeOf<Schedule>();
    // @ts-expect-error the option is called beta
    expectTypeOf(factoryNamed('tiger')).toBeCallableWith({ beat: 0.5 });
    // @ts-expect-error steps are missing
    expectTypeOf(factoryNamed('hill')).toBeCallableWith();
  });

  test('are built as what they are', () => {
    expectTypeOf(build({ kind: 'transform', name: 'tiger', config: {} })).toEqualTypeOf<Transform>();
    expectTypeOf(build({ kind: 'schedule', name: 'hill', config: [3] })).toEqualTypeOf<Schedule>();
  });

  test('leave out what makes no plugin', () => {
    expectTypeOf<keyof Others>().toEqualTypeOf<'hill'>();
  });
});

test('a name that no type knows makes some plugin of whatever options', () => {
  const [name = ''] = registeredNames();
  expectTypeOf(factoryNamed(name)(1, { any: 'thing' })).toEqualTypeOf<Plugin>();
  expectTypeOf(build({ kind: 'transform', name, config: {} })).toEqualTypeOf<Plugin>();
});
