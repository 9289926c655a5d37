import { schedule } from '@downhill/core';
import { describe, expect, test } from 'vitest';
import { cosine } from './cosine.ts';
import { cosineWarmRestarts } from './cosine-warm-restarts.ts';
import { linear } from './linear.ts';
import { plot } from './plot.ts';

const lines = (text: string): string[] => text.split('\n');

describe('plot', () => {
  test('draws a fall, with its values at the left and its steps below', () => {
    expect(lines(plot(linear({ from: 0.1, steps: 8 }), { steps: 8, width: 10, height: 2 }))).toEqual([
      '0.1 ⠉⠓⠦⣄⣀',
      '  0 ⠀⠀⠀⠀⠈⠉⠉⠓⠦⣄',
      '    0        8',
    ]);
  });

  test('draws restarts as upright lines', () => {
    expect(lines(plot(cosineWarmRestarts({ from: 1, to: 0.5, steps: 20 }), { steps: 59, width: 30, height: 4 }))).toEqual([
      '    1 ⠉⠙⠲⣄⠀⠀⠀⠀⠀⠀⡏⠙⠲⣄⠀⠀⠀⠀⠀⠀⡏⠙⠲⣄',
      '      ⠀⠀⠀⠈⠳⡄⠀⠀⠀⠀⡇⠀⠀⠈⠳⡄⠀⠀⠀⠀⡇⠀⠀⠈⠳⡄',
      '      ⠀⠀⠀⠀⠀⠙⢦⡀⠀⠀⡇⠀⠀⠀⠀⠙⢦⡀⠀⠀⡇⠀⠀⠀⠀⠙⢦⡀',
      '0.503 ⠀⠀⠀⠀⠀⠀⠀⠙⠦⣄⡇⠀⠀⠀⠀⠀⠀⠙⠦⣄⡇⠀⠀⠀⠀⠀⠀⠙⠦⣄',
      '      0                           59',
    ]);
  });

  test('draws a constant through the middle, beside its value, and takes a number for one', () => {
    expect(lines(plot(1e-5, { steps: 10, width: 10, height: 3 }))).toEqual(['', '0.00001 ⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤', '', '        0       10']);
  });

  test('is 60 by 6 characters where nothing is given', () => {
    const drawn = lines(plot(cosine({ from: 1, steps: 1e6 }), { steps: 1e6 }));
    expect(drawn).toHaveLength(7);
    expect(Math.max(...drawn.map((line) => line.length))).toBe('1 '.length + 60);
  });

  test('shows a single step that stands out, where a column holds no more than 16', () => {
    const spike = schedule({ name: 'spike', config: {}, at: (t) => (t === 777 ? 5 : 1) });
    expect(lines(plot(spike, { steps: 1600, width: 50 }))[0]).toMatch(/^5 ⠀+[⡇⢸]/);
  });

  test.each([
    [{ steps: 0 }, '`steps` must be a whole number, at least 1, got 0'],
    [{ steps: 9, width: 5 }, '`width` must be a whole number, at least 10 and at most 1000, got 5'],
    [{ steps: 9, height: 1 }, '`height` must be a whole number, at least 2 and at most 1000, got 1'],
  ])('refuses %o', (options, message) => {
    expect(() => plot(0.1, options)).toThrow(`plot: ${message}`);
  });

  test('says where a schedule gives no number', () => {
    expect(() => plot(schedule({ name: 'hole', config: {}, at: () => Number.NaN }), { steps: 5 })).toThrow(
      'hole: the schedule gives NaN at step 0',
    );
  });
});
