import { describe, expect, test } from 'vitest';
import { chain, everySteps, masked, named } from './chain.ts';
import { mul } from './expression/ops.ts';
import { isTransform, transform } from './transform.ts';

const half = transform({ name: 'half', config: {}, update: (g) => mul(g, 0.5) });

describe('a chain', () => {
  test('lays the parts of its transforms one behind the other', () => {
    expect(chain(half, chain(half, half)).parts.map(({ path }) => path)).toEqual(['half', 'half.2', 'half.3']);
  });

  test('is frozen throughout', () => {
    const both = chain(half, half);
    for (const item of [both, both.parts, both.parts[0]]) expect(Object.isFrozen(item)).toBe(true);
  });

  test('takes transforms alone', () => {
    for (const wrong of [undefined, half.parts[0], 0.1, () => half])
      expect(() => chain(half, wrong as never)).toThrow(
        expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining('chain: takes transforms, got') }),
      );
    expect(() => masked(3 as never, {})).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
  });

  test('that is masked keeps the masks that it had', () => {
    const inner = { minRank: 2 };
    const outer = { names: ['a'] };
    expect(masked(masked(half, inner), outer).parts[0]?.masks).toEqual([inner, outer]);
  });

  test('can take the name of the factory that made it', () => {
    const alias = named('quarter', {}, chain(half, half));
    expect([alias.name, alias.parts.length, isTransform(alias)]).toEqual(['quarter', 2, true]);
  });

  test('does not thin out a rule that does something between the steps at which it acts', () => {
    const counts = transform({ name: 'counts', config: {}, between: (g) => g });
    expect(everySteps(counts, 2).parts[0]?.every).toBe(2);
    expect(() => everySteps(chain(half, everySteps(counts, 2)), 3)).toThrow(
      expect.objectContaining({ code: 'unsupported', message: expect.stringContaining('Put everySteps into counts') }),
    );
  });

  test('that acts at every so-many-th step multiplies what its parts have', () => {
    expect(everySteps(chain(half, everySteps(half, 2)), 3).parts.map(({ every }) => every)).toEqual([3, 6]);
    for (const steps of [0, 1.5, Number.NaN])
      expect(() => everySteps(half, steps)).toThrow(
        expect.objectContaining({
          code: 'invalid-argument',
          message: expect.stringContaining('`steps` must be a whole number, at least 1'),
        }),
      );
  });
});
