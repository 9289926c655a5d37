import { testSampler } from '@downhill/conformance';
import { float, openStudy, space } from '@downhill/tuning';
import { describe, expect, test } from 'vitest';
import { mySampler } from './my-sampler.ts';

testSampler('mySampler', () => mySampler({ stride: 0.4 }), { factories: { mySampler } });

describe('mySampler', () => {
  test('takes strides, and begins anew where the range ends', async () => {
    const study = await openStudy({ space: space({ x: float(0, 1) }), sampler: mySampler({ stride: 0.25 }), seed: 1 });
    const { trials } = await study.optimize(() => 0, { total: 5 });
    const at = trials.map(({ settings }) => settings.x);
    expect(at.slice(1).map((x, i) => (x - (at[i] ?? 0) + 1) % 1)).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(at[4]).toBe(at[0]);
  });

  test('refuses a stride of 1', () => {
    expect(() => mySampler({ stride: 1 })).toThrow('mySampler: `stride` must be a finite number, above 0 and below 1, got 1.');
  });
});
