import { expect, test } from 'vitest';
import { addressFields, writtenFields } from './address-fields.ts';

const fields = (text: string): ReturnType<typeof addressFields> => addressFields(new URLSearchParams(text));

test('reads what is there, and the usual where nothing is', () => {
  const { oneOf, number, problems } = fields('colour=red&size=3&share=0.5');
  expect(oneOf('colour', ['green', 'red'], 'green')).toBe('red');
  expect(oneOf('shape', ['round', 'square'], 'round')).toBe('round');
  expect(number('size', 1, { min: 1, max: 9, whole: true })).toBe(3);
  expect(number('share', 0, { min: 0, max: 1 })).toBe(0.5);
  expect(number('at', undefined, { min: 0, max: 1 })).toBeUndefined();
  expect(problems).toEqual([]);
});

test.each([
  ['colour=gren', "'gren' is no colour: did you mean 'green'."],
  ['colour=x', "'x' is no colour: there are green, red."],
  ['size=', "'' is no size: it takes a whole number from 1 to 9."],
  ['size=2.5', "'2.5' is no size: it takes a whole number from 1 to 9."],
  ['size=10', "'10' is no size: it takes a whole number from 1 to 9."],
  ['share=half', "'half' is no share: it takes a number from 0 to 1."],
])('says what of %s makes no sense, and takes the usual', (text, problem) => {
  const { oneOf, number, problems } = fields(text);
  expect(oneOf('colour', ['green', 'red'], 'green')).toBe('green');
  expect(number('size', 1, { min: 1, max: 9, whole: true })).toBe(1);
  expect(number('share', 0.25, { min: 0, max: 1 })).toBe(0.25);
  expect(problems).toEqual([problem]);
});

test('writes what is not as usual', () => {
  const usual = { colour: 'green', size: 1, at: undefined };
  expect(writtenFields<{ colour: string; size: number; at: number | undefined }>({ colour: 'red', size: 1, at: 4 }, usual).toString()).toBe(
    'colour=red&at=4',
  );
});
