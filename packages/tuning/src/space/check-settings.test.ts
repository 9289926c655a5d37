import type { Space } from '@downhill/core';
import { describe, expect, test } from 'vitest';
import { categorical } from './categorical.ts';
import { checkPartialSettings, checkSettings } from './check-settings.ts';
import { fixed } from './fixed.ts';
import { float } from './float.ts';
import { int } from './int.ts';
import { space } from './space.ts';
import { when } from './when.ts';

const searched: Space = space({
  kind: categorical(['a', 'b', null]),
  share: float(0, 1, { step: 0.1 }),
  size: fixed(3),
  depth: when({ kind: 'a' }, int(1, 3)),
  width: when({ depth: [2, 3] }, float(0, 1)),
});
const whole = { kind: 'a', share: 0.3, size: 3, depth: 2, width: 0.5 };

describe('settings', () => {
  test.each([
    [whole],
    [{ ...whole, share: 0.1 + 0.2 }],
    [{ kind: null, share: 1, size: 3 }],
    [{ kind: 'a', share: 0, size: 3, depth: 1 }],
    [{ kind: 'b', share: 0, size: 3, depth: undefined }],
  ])('of the space are taken: %o', (settings) => {
    expect(() => checkSettings('tell', searched, settings)).not.toThrow();
  });

  test.each([
    [3, '`settings` must be an object with a value for each parameter, got 3'],
    [{ ...whole, shrae: 1 }, '`settings.shrae` is no parameter of the space. Did you mean `share`?'],
    [{ kind: 'a', share: 0, size: 3 }, '`settings.depth` is missing. Give a whole number from 1 to 3.'],
    [{ kind: 'a', share: 0 }, '`settings.size` is missing. Give 3.'],
    [{ ...whole, kind: 'c' }, '`settings.kind` must be one of "a", "b", null, got "c"'],
    [{ ...whole, kind: 'b' }, '`settings.depth` must be left out, since `kind` is "b", got 2'],
    [{ kind: null, share: 0, size: 3, width: 0.5 }, '`settings.width` must be left out, since `depth` is not there, got 0.5'],
    [{ ...whole, depth: 1 }, '`settings.width` must be left out, since `depth` is 1, got 0.5'],
    [{ ...whole, share: 0.35 }, '`settings.share` must be a number from 0 to 1 in steps of 0.1, got 0.35'],
    [{ ...whole, size: 4 }, '`settings.size` must be 3, got 4'],
    [{ ...whole, depth: 2.5 }, '`settings.depth` must be a whole number from 1 to 3, got 2.5'],
    [{ ...whole, width: 1.5 }, '`settings.width` must be a number from 0 to 1, got 1.5'],
    [{ ...whole, width: '0.5' }, '`settings.width` must be a number from 0 to 1, got "0.5"'],
    [{ ...whole, width: NaN }, '`settings.width` must be a number from 0 to 1, got NaN'],
  ])('of no such space are refused: %o', (settings, message) => {
    const expected = expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(`tell: ${message}`) });
    expect(() => checkSettings('tell', searched, settings)).toThrow(expected);
  });
});

describe('partial settings', () => {
  test.each([[{}], [whole], [{ width: 0.5 }], [{ kind: 'a', width: 0.5 }], [{ depth: 3, share: 0.1 }]])(
    'may leave anything open: %o',
    (settings) => {
      expect(() => checkPartialSettings('enqueue', searched, settings)).not.toThrow();
    },
  );

  test.each([
    [{ kind: 'b', width: 0.5 }, '`settings.width` must be left out, since `depth` is not there'],
    [{ depth: 1, width: 0.5 }, '`settings.width` must be left out, since `depth` is 1'],
    [{ share: 2 }, '`settings.share` must be a number from 0 to 1 in steps of 0.1, got 2'],
    [{ unknown: 2 }, '`settings.unknown` is no parameter of the space'],
  ])('are refused where no choice of the rest would make them settings: %o', (settings, message) => {
    expect(() => checkPartialSettings('enqueue', searched, settings)).toThrow(message);
  });

  test('know the value of what is fixed', () => {
    const onFixed = space({ size: categorical([1]), mode: fixed('fast'), x: when({ mode: 'fast' }, int(0, 1)) });
    expect(() => checkPartialSettings('enqueue', onFixed, { x: 1 })).not.toThrow();
  });

  test('may be of parameters named like what all objects have', () => {
    const named = space({ constructor: int(0, 1), toString: when({ constructor: 1 }, int(0, 1)) });
    expect(() => checkSettings('tell', named, { constructor: 0 })).not.toThrow();
    expect(() => checkSettings('tell', named, { constructor: 1 })).toThrow('`settings.toString` is missing');
  });
});
