import { factoryNamed, type Schedule } from '@downhill/core';
import { expectTypeOf, test } from 'vitest';

test('the names of this package are known to `factoryNamed`, with their options', () => {
  expectTypeOf(factoryNamed('cosine')({ from: 0.1, steps: 10 })).toEqualTypeOf<Schedule>();
  // @ts-expect-error steps are missing
  expectTypeOf(factoryNamed('cosine')).toBeCallableWith({ from: 0.1 });
});
