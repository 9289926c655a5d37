import { testTransform } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { about, walk, type Parameters, type Weights } from '../test/walk.ts';
import { adaptiveClip, type AdaptiveClipOptions } from './adaptive-clip.ts';

testTransform('adaptiveClip', () => adaptiveClip(), { factories: { adaptiveClip } });
testTransform('adaptiveClip', () => adaptiveClip(0.5, { epsilon: 0.1, unitAxis: 0 }), { factories: { adaptiveClip } });

/** What is made of a gradient of these weights. */
async function clipped(from: Parameters, gradient: Parameters, factor: number, options: AdaptiveClipOptions = {}): Promise<Weights> {
  const [after = {}] = await walk(adaptiveClip(factor, options), from, [gradient]);
  const before = (await walk(adaptiveClip(factor, options), from, [{}]))[0] ?? {};
  return Object.fromEntries(Object.entries(after).map(([name, values]) => [name, values.map((w, i) => (before[name]?.[i] ?? w) - w)]));
}

describe('adaptiveClip', () => {
  // Columns (3, 4) and (0, 0); gradients (6, 8) and (3, 4) in them.
  const weights = {
    w: [
      [3, 0],
      [4, 0],
    ],
  };
  const gradients = {
    w: [
      [6, 3],
      [8, 4],
    ],
  };

  test('shortens the gradient of each column to a share of the column', async () => {
    // Limits 0.5 · 5 = 2.5 of 10, and 0.5 · 1 of 5.
    expect(await clipped(weights, gradients, 0.5, { epsilon: 1 })).toEqual({ w: [1.5, 0.3, 2, 0.4].map(about) });
  });

  test('takes rows for units where the layout is the other', async () => {
    // Rows (3, 0) and (4, 0): limits 1.5 of √45 and 2 of √80.
    const [first, second] = [1.5 / Math.sqrt(45), 2 / Math.sqrt(80)];
    const turned = await clipped(weights, gradients, 0.5, { unitAxis: 0 });
    expect(turned).toEqual({ w: [6 * first, 3 * first, 8 * second, 4 * second].map(about) });
  });

  test('takes a filter of a kernel for a unit, and a vector whole', async () => {
    const rank4 = await clipped({ w: [[weights.w]], b: [3, 4] }, { w: [[gradients.w]], b: [6, 8] }, 0.5, { epsilon: 1 });
    expect(rank4).toEqual({ w: [1.5, 0.3, 2, 0.4].map(about), b: [1.5, 2].map(about) });
  });

  test('lets shorter gradients pass, and those of 0', async () => {
    expect(
      await clipped(
        weights,
        {
          w: [
            [0.5, 0],
            [0.5, 0],
          ],
        },
        0.5,
        { epsilon: 1 },
      ),
    ).toEqual({ w: [0.5, 0, 0.5, 0] });
  });

  test('at its defaults takes a hundredth of weights that are at least a thousandth', async () => {
    expect(adaptiveClip().config).toEqual([0.01, { epsilon: 1e-3, unitAxis: -1 }]);
    expect(await clipped({ w: [0] }, { w: [1] }, 0.01)).toEqual({ w: [expect.closeTo(1e-5, 9)] });
  });

  test('takes no gradient for shorter than a millionth, so that 0 divides nothing', async () => {
    expect(await clipped({ w: [0] }, { w: [5e-7] }, 1e-4)).toEqual({ w: [expect.closeTo(5e-8, 12)] });
  });

  test.each([
    [0, {}, '`clipFactor` must be a finite number, above 0, got 0'],
    [0.1, { epsilon: 0 }, '`epsilon` must be a finite number, above 0, got 0'],
    [0.1, { unitAxis: 0.5 }, '`unitAxis` must be a whole number, got 0.5'],
  ])('refuses %o with %o', (factor, options, message) => {
    expect(() => adaptiveClip(factor, options)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(`adaptiveClip: ${message}`) }),
    );
  });
});
