import { describe, expect, test } from 'vitest';
import { chain, masked } from './chain.ts';
import { mul } from './expression/ops.ts';
import { accepts, checkMasksFit, type Mask } from './mask.ts';
import { transform } from './transform.ts';

const half = transform({ name: 'half', config: {}, update: (g) => mul(g, 0.5) });
const kernel = { name: 'dense/kernel', shape: [2, 3] };
const bias = { name: 'dense/bias', shape: [3] };

describe('a mask', () => {
  test.each<[Mask, boolean, boolean]>([
    [{}, true, true],
    [{ minRank: 2 }, true, false],
    [{ maxRank: 1 }, false, true],
    [{ names: ['*/kernel'] }, true, false],
    [{ names: ['dense/*'], except: ['*/bias'] }, true, false],
    [({ shape }) => shape.length === 1, false, true],
    [{ noneOf: [{ minRank: 2 }, { names: ['*/gamma'] }] }, false, true],
    [{ noneOf: [] }, true, true],
    [{ minSide: 2 }, true, false],
    [{ minSide: 3 }, false, false],
  ])('%o takes the kernel: %s, and the bias: %s', (mask, takesKernel, takesBias) => {
    expect([kernel, bias].map((parameter) => accepts(mask, parameter))).toEqual([takesKernel, takesBias]);
  });

  test('fits a name with the number that tfjs-layers appends', () => {
    expect(accepts({ names: ['dense/kernel'] }, { ...kernel, name: 'dense/kernel_2' })).toBe(true);
  });

  test('takes letters as they stand, but for the star', () => {
    expect(accepts({ names: ['a.b'] }, { name: 'aXb', shape: [] })).toBe(false);
  });

  test.each([
    [{ minRank: Number.NaN }, '`minRank` must be a whole number, at least 0, got NaN'],
    [{ maxRank: '1' }, '`maxRank` must be a whole number, at least 0, got "1"'],
    [{ names: '*/kernel' }, '`names` must be a list of names, got "*/kernel"'],
    [{ noneOf: { minRank: 2 } }, '`noneOf` must be a list of groups, got {"minRank":2}'],
    [{ noneOf: [{ minRank: -1 }] }, '`minRank` must be a whole number, at least 0, got -1'],
    [{ except: [1] }, '`except` must be a list of names, got [1]'],
    [{ name: ['*/kernel'] }, 'a mask must be an object with some of names, except, minRank, maxRank, minSide, noneOf'],
    [2, 'a mask must be an object with some of names, except, minRank, maxRank, minSide, noneOf'],
  ])('%o is refused', (mask, message) => {
    expect(() => masked(half, mask as never)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(message) }),
    );
  });

  test('that fits no parameter is an error with the names that there are', () => {
    expect(() => checkMasksFit('adamw', [{ except: ['*/bais'] }], [kernel, bias])).toThrow(
      expect.objectContaining({
        code: 'unknown-name',
        message: expect.stringContaining("'*/bais' fits no parameter; there are dense/kernel, dense/bias. Did you mean '*/bias'?"),
      }),
    );
    expect(() => checkMasksFit('adamw', [{ names: ['dense/kernal'] }], [kernel, bias])).toThrow("Did you mean 'dense/kernel'?");
  });

  test('that leaves no parameter is an error for a rule that must act, which names those that only their rank keeps out', () => {
    const masks = [{ minRank: 2 }, { names: ['*/bias'] }];
    expect(() => checkMasksFit('l2', masks, [kernel, bias])).not.toThrow();
    expect(() => checkMasksFit('l2', masks, [kernel, bias], { mustAct: true })).toThrow(
      expect.objectContaining({
        code: 'unknown-name',
        message:
          '[unknown-name] l2: the mask {"minRank":2} with {"names":["*/bias"]} leaves it no parameter; near are dense/bias [3]. Widen the mask, or leave the rule out.',
      }),
    );
    expect(() => checkMasksFit('l2', [{ minRank: 2 }], [bias], { mustAct: true })).toThrow('near are dense/bias [3]');
    expect(() => checkMasksFit('l2', [{ minRank: 2 }], [kernel], { mustAct: true })).not.toThrow();
  });

  test('that is a function cannot be saved, and the error says what can', () => {
    const transform = chain(
      half,
      masked(half, () => true),
    );
    expect(() => JSON.stringify(transform)).toThrow(
      expect.objectContaining({
        code: 'not-serializable',
        message: expect.stringContaining(
          'is a function, which JSON cannot hold. In place of a function of names and shapes write { minRank: 2 }.',
        ),
      }),
    );
  });
});
