import { fiveCrop, multiScale, tenCrop, type View } from '@downhill/augmentation';
import { applied } from '../applied.ts';
import type { Picture } from '../picture.ts';
import type { Pictures } from '../pictures.ts';
import type { Exported, Row, Sheet } from '../sheet.ts';

const PLACES = ['top left', 'top right', 'bottom left', 'bottom right', 'centre'];
const SIDES = [48, 64, 80, 96, 112];
const SIZE = 72;

export function views({ card, photograph }: Pictures): Sheet {
  const upsideDown = tenCrop(SIZE, { direction: 'vertical' }).slice(5);
  const mirrored = tenCrop(SIZE).slice(5);
  return {
    name: 'views',
    title: 'Views',
    rows: [
      rowOf('fiveCrop', [`size: ${SIZE}`], card, fiveCrop(SIZE), PLACES),
      rowOf('tenCrop', [`size: ${SIZE}`, 'the first five'], photograph, tenCrop(SIZE).slice(0, 5), PLACES),
      rowOf('tenCrop', [`size: ${SIZE}`, 'the others, mirrored'], photograph, mirrored, PLACES),
      rowOf('tenCrop', [`size: ${SIZE}`, 'the others', "direction: 'vertical'"], card, upsideDown, PLACES),
      rowOf(
        'multiScale',
        ['sides'],
        photograph,
        multiScale([[]], { sides: SIDES }),
        SIDES.map((side) => `${side}`),
        96,
      ),
    ],
  };
}

const rowOf = (
  of: Exported,
  notes: readonly string[],
  before: Picture,
  shown: readonly View[],
  captions: readonly string[],
  still?: number,
): Row => ({
  of,
  notes,
  cells: shown.map((view, i) => {
    const after = applied(before, view);
    return { caption: [captions[i] ?? ''], before, after, isSame: after.height === still, marks: [] };
  }),
});
