import { expect, test } from 'vitest';
import { wrapped } from './wrapped.ts';

test('breaks a text between words', () => {
  expect(wrapped('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrapped('endless word', 4)).toEqual(['endless', 'word']);
  expect(wrapped('at 98 %', 5)).toEqual(['at', '98 %']);
});
