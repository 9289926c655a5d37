import { testTransform } from '@downhill/conformance';
import { chain } from '@downhill/core';
import { describe, expect, test } from 'vitest';
import { about, walk } from '../test/walk.ts';
import { centralizeGradients } from './centralize-gradients.ts';
import { sgd } from './sgd.ts';

testTransform('centralizeGradients', () => centralizeGradients(), { factories: { centralizeGradients } });
testTransform('centralizeGradients', () => centralizeGradients({ unitAxis: 0 }), { factories: { centralizeGradients } });

describe('centralizeGradients', () => {
  const zeros = {
    w: [
      [0, 0],
      [0, 0],
    ],
    b: [0, 0],
  };
  const gradients = {
    w: [
      [1, 2],
      [3, 8],
    ],
    b: [1, 2],
  };

  test('takes the mean from the gradient of each column and lets vectors pass', async () => {
    expect(await walk(centralizeGradients(), zeros, [gradients])).toEqual([{ w: [1, 3, -1, -3].map(about), b: [-1, -2] }]);
  });

  test('takes rows for units where the layout is the other', async () => {
    expect(await walk(centralizeGradients({ unitAxis: 0 }), zeros, [gradients])).toEqual([
      { w: [0.5, -0.5, 2.5, -2.5].map(about), b: [-1, -2] },
    ]);
  });

  test('takes the mean of a filter over all of it', async () => {
    const kernel = [
      [
        [
          [1, 0],
          [2, 0],
        ],
      ],
      [
        [
          [3, 0],
          [6, 4],
        ],
      ],
    ];
    const [after] = await walk(
      centralizeGradients(),
      {
        k: [
          [
            [
              [0, 0],
              [0, 0],
            ],
          ],
          [
            [
              [0, 0],
              [0, 0],
            ],
          ],
        ],
      },
      [{ k: kernel }],
    );
    expect(after).toEqual({ k: [2, 1, 1, 1, 0, 1, -3, -3].map(about) });
  });

  test('keeps the mean of a unit’s weights where it is', async () => {
    const rule = chain(centralizeGradients(), sgd({ learningRate: 0.1, momentum: 0.9 }));
    const way = await walk(rule, { w: [[1], [2], [6]] }, [{ w: [[1], [5], [3]] }, { w: [[-1], [2], [7]] }]);
    for (const { w = [] } of way) expect(w.reduce((sum, each) => sum + each, 0) / 3).toBeCloseTo(3, 5);
  });

  test('refuses an axis that is none', () => {
    expect(() => centralizeGradients({ unitAxis: Number.NaN })).toThrow('centralizeGradients: `unitAxis` must be a whole number, got NaN');
  });
});
