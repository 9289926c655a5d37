import { compose, lensDistortion, perspective, resizedCrop, rotate } from '@downhill/augmentation';
import type { Augmentation, Json } from '@downhill/core';
import { tensor4d, type Tensor4D } from '@tensorflow/tfjs-core';
import { batchOf, freed, pictureOf } from '../applied.ts';
import type { Picture } from '../picture.ts';
import type { Pictures } from '../pictures.ts';
import type { Cell, Exported, Mark, Row, Sheet } from '../sheet.ts';

/** What is marked on the card: the F, its corner and the ends of its arms. */
const BOX = [18, 12, 54, 60] as const;
const POINTS = [
  [18, 12],
  [54, 16.5],
  [44, 35.5],
] as const;
const INK = [0x28, 0x32, 0x4b];
const TINT = [1, 0.55, 0];

interface Followed {
  readonly caption: string;
  readonly operation: Augmentation;
  readonly draw: Json;
}

export function labels({ card }: Pictures): Sheet {
  const [right, bottom] = [card.width - 1, card.height - 1];
  const [topLeft, topRight, bottomRight, bottomLeft] = [
    [0, 0],
    [right, 0],
    [right, bottom],
    [0, bottom],
  ];
  const from = [topLeft, topRight, bottomRight, bottomLeft] as Json;
  const tilts = {
    top: [[20, 0], [right - 20, 0], bottomRight, bottomLeft],
    right: [topLeft, [right, 20], [right, bottom - 20], bottomLeft],
    bottom: [topLeft, topRight, [right - 20, bottom], [20, bottom]],
    left: [[0, 20], topRight, bottomRight, [0, bottom - 20]],
    'bottom right corner': [topLeft, topRight, [right - 30, bottom - 30], bottomLeft],
  };
  return {
    name: 'labels',
    title: 'Boxes, keypoints and masks',
    rows: [
      rowOf(
        'rotate',
        ['degrees'],
        card,
        [-45, -15, 0, 15, 45].map((angle) => ({ caption: `${angle}`, operation: rotate({ degrees: 45 }), draw: { angle } })),
      ),
      rowOf(
        'resizedCrop',
        ['size: 96', 'height x width of the', 'box, its row and column'],
        card,
        (
          [
            [96, 96, 0, 0],
            [64, 64, 0, 0],
            [64, 64, 24, 24],
            [48, 72, 6, 12],
            [32, 24, 28, 20],
          ] as const
        ).map(([height, width, top, left]) => ({
          caption: `${height} x ${width}, ${top}, ${left}`,
          operation: resizedCrop({ size: 96 }),
          draw: { height, width, top, left },
        })),
      ),
      rowOf(
        'perspective',
        ['what is moved in'],
        card,
        Object.entries(tilts).map(([caption, to]) => ({ caption, operation: perspective(), draw: { from, to } })),
      ),
      rowOf(
        'lensDistortion',
        ['distortion'],
        card,
        [-0.3, -0.15, 0, 0.15, 0.3].map((distortion) => ({
          caption: `${distortion}`,
          operation: lensDistortion({ distortion: 0.5 }),
          draw: { distortion },
        })),
      ),
    ],
  };
}

const rowOf = (of: Exported, notes: readonly string[], card: Picture, followed: readonly Followed[]): Row => ({
  of,
  notes,
  cells: followed.map((each) => cell(card, each)),
});

/** What came of the card, its mask in another colour, with the boxes and points that are left of it. */
function cell(card: Picture, { caption, operation, draw }: Followed): Cell {
  return freed(() => {
    const masks: Tensor4D = tensor4d(maskOf(card), [1, card.height, card.width, 1]);
    const followed = compose([operation]).replay({ images: batchOf(card), boxes: [[BOX]], keypoints: [POINTS], masks }, [[draw]]);
    const shown = pictureOf(followed.images, 1);
    const mask = followed.masks.dataSync();
    const data = shown.data.map((value, i) => (mask[Math.floor(i / 3)] === 1 ? (value + 3 * (TINT[i % 3] ?? 0)) / 4 : value));
    const boxes = followed.boxes.flat().map(({ box }): Mark => ({ box }));
    const points = followed.keypoints.flat().filter(([, , visibility]) => visibility > 0);
    const marks = [...boxes, ...points.map(([x, y]): Mark => ({ point: [x, y] }))];
    return { caption: [caption], before: card, after: { ...shown, data }, isSame: false, marks };
  });
}

/** 1 where the card shows the F. */
const maskOf = ({ height, width, data }: Picture): Float32Array =>
  Float32Array.from({ length: height * width }, (_, i) =>
    INK.every((level, channel) => Math.round((data[3 * i + channel] ?? 0) * 255) === level) ? 1 : 0,
  );
