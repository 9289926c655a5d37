import {
  affine,
  compose,
  crop,
  flip,
  resize,
  rotate,
  type FollowedBox,
  type FourNumbers,
  type Keypoint,
  type Point,
} from '@downhill/augmentation';
import type { Augmentation, Json } from '@downhill/core';
import { replayOf, type Case, type Replay } from '../../cases/case-family.ts';
import type { Comparison } from '../../cases/comparison.ts';
import { tensorOf, type TensorData } from '../../cases/tensor-data.ts';
import { NotCovered, type Config } from '../../family.ts';
import { EXACT, FRACTIONS } from './images.ts';
import { dispose, type Tensor4D } from '@tensorflow/tfjs-core';

interface LabelCase extends Case {
  readonly input: { readonly boxes: TensorData; readonly keypoints: TensorData; readonly mask: TensorData };
  readonly expected: {
    readonly matrix: TensorData;
    readonly height: number;
    readonly width: number;
    readonly boxesUnclipped: TensorData;
    readonly boxes: TensorData;
    readonly visibleFraction: TensorData;
    readonly keypoints: TensorData;
    readonly keypointInside: TensorData;
    readonly mask?: TensorData;
  };
}

function operationOf({ op, ...config }: Config): readonly [unknown, Json] {
  const number = (name: string): number => config[name] as number;
  switch (op) {
    case 'hflip':
      return [flip(), true];
    case 'vflip':
      return [flip({ direction: 'vertical' }), true];
    case 'crop':
      return [crop({ size: [number('height'), number('width')] }), { top: number('top'), left: number('left') }];
    case 'rotate':
      return [rotate({ degrees: 180, interpolation: 'nearest' }), { angle: number('angle') }];
    case 'resize':
      return [resize({ size: [number('height'), number('width')], interpolation: 'nearest' }), null];
    case 'affine':
      return [
        affine({ interpolation: 'nearest' }),
        { angle: number('angle'), translate: config.translate as number[], scale: number('scale'), shear: config.shear as number[] },
      ];
    default:
      throw new NotCovered(`no operation named '${String(op)}'`);
  }
}

const rows = <Row>({ shape, data }: TensorData): readonly Row[] => {
  const width = shape[1] ?? 1;
  return Array.from({ length: shape[0] ?? 0 }, (_, i) => data.slice(i * width, (i + 1) * width) as unknown as Row);
};

/** Where these go says the whole matrix of an affine map. */
const ORIGIN_AND_UNITS = [
  [0, 0],
  [1, 0],
  [0, 1],
] as const;

function matrixOf([[x0, y0] = NOWHERE, [x1, y1] = NOWHERE, [x2, y2] = NOWHERE]: readonly Keypoint[]): readonly number[] {
  return [x1 - x0, x2 - x0, x0, y1 - y0, y2 - y0, y0, 0, 0, 1];
}

const NOWHERE: Keypoint = [Number.NaN, Number.NaN, 0];

/** By file name. */
export const labels: Readonly<Record<string, Replay>> = {
  'boxes-keypoints-masks': replayOf<LabelCase>(({ config, input, expected }, compare) => {
    const { height_in: _, width_in: __, ...rest } = config;
    const [operation, draw] = operationOf(rest);
    const masks = tensorOf(input.mask) as Tensor4D;
    const batch = {
      images: masks,
      masks,
      boxes: [rows<FourNumbers>(input.boxes)],
      keypoints: [[...ORIGIN_AND_UNITS, ...rows<Point>(input.keypoints)]],
    };
    const moved = compose([operation as Augmentation]).replay(batch, [[draw]]);
    compare.same('size', moved.images.shape.slice(1, 3), [expected.height, expected.width]);
    compareBoxes(moved.boxes[0] ?? [], expected, compare);
    const keypoints = moved.keypoints[0] ?? [];
    const own = keypoints.slice(ORIGIN_AND_UNITS.length);
    compare.absolute('matrix', matrixOf(keypoints), expected.matrix, FRACTIONS);
    compare.absolute(
      'keypoints',
      own.flatMap(([x, y]) => [x, y]),
      expected.keypoints,
      FRACTIONS,
    );
    compare.absolute(
      'keypoints inside',
      own.map(([, , visibility]) => Number(visibility > 0)),
      expected.keypointInside,
      EXACT,
    );
    if (expected.mask !== undefined) compare.absolute('masks', moved.masks, expected.mask, EXACT);
    dispose([masks, moved.images, moved.masks]);
  }),
};

/** Boxes of which nothing is left are not among ours. */
function compareBoxes(boxes: readonly FollowedBox[], expected: LabelCase['expected'], compare: Comparison): void {
  const shares = expected.visibleFraction.data;
  const kept = shares.flatMap((share, i) => (share > 0 ? [i] : []));
  const of = (data: TensorData): readonly number[] =>
    rows<readonly number[]>(data)
      .filter((_, i) => kept.includes(i))
      .flat();
  compare.same(
    'boxes that are left',
    boxes.map(({ index }) => index),
    kept,
  );
  compare.absolute(
    'boxes',
    boxes.flatMap(({ box }) => [...box]),
    of(expected.boxes),
    FRACTIONS,
  );
  compare.absolute(
    'boxes before they are cut off',
    boxes.flatMap(({ uncut }) => [...uncut]),
    of(expected.boxesUnclipped),
    FRACTIONS,
  );
  compare.absolute(
    'shares that are visible',
    boxes.map(({ visible }) => visible),
    kept.map((i) => shares[i] ?? 0),
    FRACTIONS,
  );
}
