import { testTransform } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { walk } from '../test/walk.ts';
import { clipByValue } from './clip-by-value.ts';

testTransform('clipByValue', () => clipByValue(0.5), { factories: { clipByValue } });

describe('clipByValue', () => {
  test('holds each number between both limits and passes the others to the last bit', async () => {
    const [after] = await walk(clipByValue(0.5), { w: [0, 0, 0, 0] }, [{ w: [-3, 0.5, 0.1, 1e30] }]);
    expect(after).toEqual({ w: [0.5, -0.5, -0.1, -0.5].map(Math.fround) });
  });

  test('lets a NaN through, so that it is seen', async () => {
    const [after] = await walk(clipByValue(0.5), { w: [0, 0] }, [{ w: [Number.NaN, 1] }]);
    expect(after).toEqual({ w: [Number.NaN, -0.5] });
  });

  test.each([0, -1, Number.NaN, Infinity])('refuses %o', (limit) => {
    expect(() => clipByValue(limit)).toThrow('[invalid-argument] clipByValue: `limit` must be a finite number, above 0, got ');
  });

  test('refuses what is neither a number nor a schedule', () => {
    expect(() => clipByValue('1' as never)).toThrow('[invalid-argument] clipByValue: `limit` must be a number or a schedule, got "1"');
  });
});
