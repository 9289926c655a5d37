import { expect, test } from 'vitest';
import { methods, trainingsOf } from './methods.ts';

test('all methods but those of several networks are given one budget', () => {
  const several = Object.entries(methods).filter(([, method]) => trainingsOf(method) !== 1);
  expect(several.map(([name, method]) => [name, trainingsOf(method)])).toEqual([
    ['deep ensemble of 5', 5],
    ['bagging of 5', 5],
    ['greedy soup of 5', 3],
  ]);
});
