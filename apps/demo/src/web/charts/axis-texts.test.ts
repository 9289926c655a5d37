import { expect, test } from 'vitest';
import { axisTexts } from './axis-texts.ts';

test('the numbers of an axis have three digits', () => {
  expect(axisTexts([0, 1 / 3, 2 / 3, 1])).toEqual(['0', '0.333', '0.667', '1']);
});

test('a narrow axis has as many digits as tell its numbers apart', () => {
  expect(axisTexts([1.3026, 1.3028, 1.303])).toEqual(['1.3026', '1.3028', '1.303']);
});

test('a tick without a number stays empty', () => {
  expect(axisTexts([1, null, null, 100])).toEqual(['1', '', '', '100']);
});
