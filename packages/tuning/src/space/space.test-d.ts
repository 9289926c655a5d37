import type { CategoricalParameter, Choice, Parameters, SettingsOf, Space } from '@downhill/core';
import { expectTypeOf, test } from 'vitest';
import { categorical } from './categorical.ts';
import { fixed } from './fixed.ts';
import { float } from './float.ts';
import { int } from './int.ts';
import { space } from './space.ts';
import { when } from './when.ts';

test('choices keep their types', () => {
  expectTypeOf(categorical(['sgd', 'adam'])).toEqualTypeOf<CategoricalParameter<'sgd' | 'adam'>>();
  expectTypeOf(categorical([1, null, true])).toEqualTypeOf<CategoricalParameter<1 | null | true>>();
});

test('settings have a type for each parameter, and conditional ones may be missing', () => {
  const searched = space({
    optimizer: categorical(['sgd', 'adam']),
    rate: float(1e-4, 0.1, { log: true }),
    units: int(1, 8),
    batch: fixed(32),
    momentum: when({ optimizer: 'sgd' }, float(0, 0.99)),
    kind: when({ optimizer: ['sgd', 'adam'] }, categorical(['a', 'b'])),
  });
  type Found = SettingsOf<typeof searched.parameters>;
  expectTypeOf<Found['optimizer']>().toEqualTypeOf<'sgd' | 'adam'>();
  expectTypeOf<Found['rate']>().toBeNumber();
  expectTypeOf<Found['units']>().toBeNumber();
  expectTypeOf<Found['batch']>().toEqualTypeOf<32>();
  expectTypeOf<Found['momentum']>().toEqualTypeOf<number | undefined>();
  expectTypeOf<Found['kind']>().toEqualTypeOf<'a' | 'b' | undefined>();
  expectTypeOf<keyof Found>().toEqualTypeOf<'optimizer' | 'rate' | 'units' | 'batch' | 'momentum' | 'kind'>();
});

test('a space of plain JSON has any settings, and every space is a space', () => {
  const searched = space({ rate: { kind: 'float', low: 0, high: 1 } });
  expectTypeOf(searched).toEqualTypeOf<Space>();
  expectTypeOf<SettingsOf<Parameters>[string]>().toEqualTypeOf<Choice>();
  expectTypeOf(space({ rate: float(0, 1) })).toExtend<Space>();
});
