import { affine, compose, crop, flip, resize, rotate } from '@downhill/augmentation';
import type { Augmentation, Json } from '@downhill/core';
import { replayOf, type Case, type Replay } from '../../cases/case-family.ts';
import { tensorOf, type TensorData } from '../../cases/tensor-data.ts';
import { NotCovered, type Config } from '../../family.ts';
import { EXACT, FRACTIONS } from './images.ts';
import type { Tensor4D } from '@tensorflow/tfjs-core';

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

/** By file name. */
export const labels: Readonly<Record<string, Replay>> = {
  'boxes-keypoints-masks': replayOf<LabelCase>(({ config, input, expected }, compare) => {
    const { height_in, width_in, ...rest } = config;
    const [operation, draw] = operationOf(rest);
    const pipeline = compose([operation as Augmentation]);
    const image = { height: height_in as number, width: width_in as number, channels: 1 };
    const followed = pipeline.follow(image, [draw]);
    compare.absolute('matrix', followed.matrix, expected.matrix, FRACTIONS);
    compare.same('size', [followed.height, followed.width], [expected.height, expected.width]);
    const boxes = followed.boxes(rows(input.boxes));
    const all = <Item>(items: readonly Item[], numbers: (item: Item) => readonly number[]): number[] =>
      items.flatMap((item) => [...numbers(item)]);
    compare.absolute(
      'boxes',
      all(boxes, ({ box }) => box),
      expected.boxes,
      FRACTIONS,
    );
    compare.absolute(
      'boxes before they are cut off',
      all(boxes, ({ uncut }) => uncut),
      expected.boxesUnclipped,
      FRACTIONS,
    );
    compare.absolute(
      'shares that are visible',
      all(boxes, ({ visible }) => [visible]),
      expected.visibleFraction,
      FRACTIONS,
    );
    const keypoints = followed.keypoints(rows(input.keypoints));
    compare.absolute(
      'keypoints',
      all(keypoints, ({ point }) => point),
      expected.keypoints,
      FRACTIONS,
    );
    compare.absolute(
      'keypoints inside',
      all(keypoints, ({ inside }) => [Number(inside)]),
      expected.keypointInside,
      EXACT,
    );
    if (expected.mask === undefined) return;
    const masks = tensorOf(input.mask) as Tensor4D;
    const moved = pipeline.replayMasks(masks, [[draw]]);
    compare.absolute('masks', moved, expected.mask, EXACT);
    masks.dispose();
    moved.dispose();
  }),
};
