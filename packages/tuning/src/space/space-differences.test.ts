import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitrarySpace } from '../../test/arbitrary-space.ts';
import { categorical } from './categorical.ts';
import { fixed } from './fixed.ts';
import { float } from './float.ts';
import { int } from './int.ts';
import { space } from './space.ts';
import { spaceDifferences } from './space-differences.ts';
import { when } from './when.ts';

const kind = categorical(['a', 'b']);

test('a space does not differ from itself, nor from what its JSON gives', () => {
  fc.assert(fc.property(arbitrarySpace, (searched) => spaceDifferences(searched, space(structuredClone(searched.toJSON()))).length === 0));
});

test.each([
  ['one is gone', { kind, x: int(0, 1) }, { kind }, ['`x` is gone.']],
  ['one is new', { kind }, { kind, x: int(0, 1) }, ['`x` is new.']],
  ['bounds and scale', { x: float(1, 2) }, { x: float(1, 3, { log: true }) }, ['`x`: high was 2, now 3.', '`x`: log was false, now true.']],
  ['a step', { x: float(1, 2) }, { x: float(1, 2, { step: 0.5 }) }, ['`x`: step was not given, now 0.5.']],
  ['choices', { kind }, { kind: categorical(['a']) }, ['`kind`: choices was ["a","b"], now ["a"].']],
  ['a fixed value', { x: fixed(1) }, { x: fixed('1') }, ['`x`: value was 1, now "1".']],
  ['the kind', { x: int(0, 1) }, { x: float(0, 2) }, ['`x`: kind was "int", now "float".']],
  ['a condition', { kind, x: when({ kind: 'a' }, int(0, 1)) }, { kind, x: int(0, 1) }, ['`x`: when was {"kind":["a"]}, now not given.']],
  ['the order', { kind, x: int(0, 1) }, { x: int(0, 1), kind }, ['The order was kind, x, now x, kind.']],
])('two spaces differ by %s', (_, before, after, sentences) => {
  expect(spaceDifferences(space(before), space(after))).toEqual(sentences);
});
