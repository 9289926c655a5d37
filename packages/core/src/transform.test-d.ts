import { expectTypeOf, test } from 'vitest';
import type { Expression } from './expression/node.ts';
import { mul } from './expression/ops.ts';
import { transform, zeros, type Transform } from './transform.ts';

test('a rule sees the slots and scalars that it declares, and no others', () => {
  const rule = transform({
    name: 'rule',
    config: {},
    slots: { m: zeros },
    scalars: ({ t }) => ({ rate: 1 / t }),
    update(g, { slots, scalars }) {
      expectTypeOf(g).toEqualTypeOf<Expression>();
      expectTypeOf(slots).toEqualTypeOf<{ readonly m: Expression }>();
      expectTypeOf(scalars).toEqualTypeOf<{ readonly rate: Expression }>();
      return { update: mul(g, scalars.rate), slots: { m: g } };
    },
  });
  expectTypeOf(rule).toEqualTypeOf<Transform>();
});

test('arithmetic on numbers gives a number, and with a symbol a symbol', () => {
  expectTypeOf(mul(2, 3)).toBeNumber();
  expectTypeOf(mul(2, {} as Expression)).toEqualTypeOf<Expression>();
});
