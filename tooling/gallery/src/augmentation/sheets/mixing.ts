import { cutmix, mixup, type LabelledImages, type MixedImages } from '@downhill/augmentation';
import { concat, oneHot, type Tensor4D } from '@tensorflow/tfjs-core';
import { batchOf, freed, pictureOf } from '../applied.ts';
import type { Picture } from '../picture.ts';
import type { Pictures } from '../pictures.ts';
import type { Cell, Exported, Row, Sheet } from '../sheet.ts';

const SHARES = [0.9, 0.7, 0.5, 0.3, 0.1];
const CLASSES = 2;
/** Each is mixed with the other. */
const permutation = [1, 0];

export function mixing({ photograph, meadow, seven, two }: Pictures): Sheet {
  return {
    name: 'mixing',
    title: 'Mixing',
    rows: [mixed(photograph, meadow), mixed(seven, two), pasted(photograph, meadow), pasted(seven, two)],
  };
}

const mixed = (one: Picture, other: Picture): Row =>
  rowOf('mixup', ['lambda', "the label's shares"], (lambda) =>
    cell(`${lambda}`, one, other, (batch) => mixup().replay(batch, { lambda, permutation })),
  );

/** The box towards the top right, and within the image. */
const pasted = (one: Picture, other: Picture): Row =>
  rowOf('cutmix', ['lambda', 'row and column', "the label's shares"], (lambda) => {
    const half = (side: number): number => Math.ceil((side * Math.sqrt(1 - lambda)) / 2);
    const along = (side: number, share: number): number => half(side) + Math.round((side - 2 * half(side)) * share);
    const [row, column] = [along(one.height, 0.25), along(one.width, 0.75)];
    return cell(`${lambda}, at ${row}, ${column}`, one, other, (batch) => cutmix().replay(batch, { lambda, row, column, permutation }));
  });

const rowOf = (of: Exported, notes: readonly string[], cellOf: (lambda: number) => Cell): Row => ({
  of,
  notes,
  cells: SHARES.map(cellOf),
});

function cell(caption: string, one: Picture, other: Picture, mix: (batch: LabelledImages) => MixedImages): Cell {
  return freed(() => {
    const images: Tensor4D = concat([batchOf(one), batchOf(other)]);
    const { images: views, labels } = mix({ images, labels: oneHot([0, 1], CLASSES) });
    const shares = Array.from(labels.dataSync().subarray(0, CLASSES), (share) => share.toFixed(2));
    return { caption: [caption, shares.join(' and ')], before: one, after: pictureOf(views, one.zoom), isSame: false, marks: [] };
  });
}
