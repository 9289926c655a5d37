// @vitest-environment happy-dom
import { getInstanceByDom } from 'echarts/core';
import { expect, test } from 'vitest';
import { studyOf } from '../../../test/picture-studies.ts';
import { completeTrials, pictureData } from '../picture-data.ts';
import { parallelCoordinates } from '../pictures/parallel-coordinates.ts';
import { LIGHT } from '../theme.ts';
import { pictureOn } from './picture-on.ts';

test('a brush on an axis picks the trials in it, two brushes those in both, and none all', () => {
  const data = pictureData(studyOf(60));
  const place = document.createElement('div');
  document.body.append(place);
  const picks: (ReadonlySet<number> | undefined)[] = [];
  pictureOn(
    place,
    (width) => parallelCoordinates(data, LIGHT, width),
    (trials) => picks.push(trials),
  ).draw();
  const brush = (axis: number, intervals: readonly (readonly number[])[]): void =>
    getInstanceByDom(place)?.dispatchAction({ type: 'axisAreaSelect', parallelAxisIndex: axis, intervals }, { flush: true });
  const numbersWhere = (keeps: (settings: Readonly<Record<string, unknown>>) => boolean) =>
    new Set(
      completeTrials(data)
        .filter(({ settings }) => keeps(settings))
        .map(({ number }) => number),
    );
  brush(4, [[0.9, 1]]); // layers, from 1 to 8
  expect(picks.at(-1)).toEqual(numbersWhere(({ layers }) => layers === 8));
  brush(2, [[0.4, 0.6]]); // the second of three optimizers
  expect(picks.at(-1)).toEqual(numbersWhere(({ layers, optimizer }) => layers === 8 && optimizer === 'adam'));
  brush(4, [[-0.9, -0.8]]);
  expect(picks.at(-1)).toEqual(new Set());
  brush(4, []);
  brush(2, []);
  expect(picks.at(-1)).toBeUndefined();
});
