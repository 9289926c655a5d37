import { affine, crop, elastic, fiveCrop, flip, pad, perspective, resize, resizedCrop, rotate, tenCrop } from '@downhill/augmentation';
import type { Augmentation } from '@downhill/core';
import { concat, tidy } from '@tensorflow/tfjs-core';
import { replayOf, type Case, type Replay } from '../../cases/case-family.ts';
import { NotCovered, type Config } from '../../family.ts';
import { EXACT, imageReplay, type ImageCase } from './images.ts';
import { replayed } from './replay-operation.ts';

interface Sampling {
  readonly interpolation: 'nearest' | 'bilinear';
  readonly fill?: readonly number[];
  readonly centre?: readonly [number, number];
}

const samplingOf = ({ interpolation, fill, center }: Config): Sampling => ({
  interpolation: interpolation as 'nearest' | 'bilinear',
  ...(fill === null || fill === undefined ? {} : { fill: fill as readonly number[] }),
  ...(center === null || center === undefined ? {} : { centre: center as [number, number] }),
});

const isNearest = ({ interpolation }: Config): boolean => interpolation === 'nearest';

type Numbers = Readonly<Record<string, number>>;

interface ElasticCase extends ImageCase {
  readonly displacement: { readonly data: readonly number[] };
}

/** torchvision gives displacements in halves of a side. */
function pixels({ displacement, input }: ElasticCase): number[] {
  const [, height = 1, width = 1] = input.shape;
  return displacement.data.map((value, i) => (value * (i % 2 === 0 ? width : height)) / 2);
}

const crops: Replay = replayOf<ImageCase & Case>(({ config, input, expected }, compare) => {
  const { op, height, width } = config as unknown as { op: string; height: number; width: number };
  const size = [height, width] as const;
  const views: Readonly<Record<string, () => readonly (readonly Augmentation[])[]>> = {
    fiveCrop: () => fiveCrop(size),
    tenCrop: () => tenCrop(size),
    tenCropVertical: () => tenCrop(size, { direction: 'vertical' }),
  };
  const ours = tidy(() => {
    if (op === 'centerCrop') {
      const operation = crop({ size, place: 'centre', padIfNeeded: true });
      const [, imageHeight = 0, imageWidth = 0, channels = 0] = input.shape;
      const draw = operation.draw(NO_DRAWS, { height: imageHeight, width: imageWidth, channels });
      return replayed(input, [operation, draw]);
    }
    const list = views[op]?.();
    if (list === undefined) throw new NotCovered(`no crops named '${op}'`);
    return concat(list.map((view) => replayed(input, ...view.map((operation) => [operation, true] as const))));
  });
  compare.absolute('images', ours, expected, EXACT);
  ours.dispose();
});

const none = (): never => {
  throw new TypeError('nothing is drawn here');
};
const NO_DRAWS = { uniform: none, integer: none, normal: none, bernoulli: none };

/** By file name. */
export const geometry: Readonly<Record<string, Replay>> = {
  affine: imageReplay(
    (config) => [
      affine(samplingOf(config)),
      {
        angle: config.angle as number,
        translate: config.translate as number[],
        scale: config.scale as number,
        shear: config.shear as number[],
      },
    ],
    { exact: isNearest },
  ),
  rotate: imageReplay((config) => [rotate({ degrees: 180, ...samplingOf(config) }), { angle: config.angle as number }], {
    exact: isNearest,
  }),
  perspective: imageReplay(
    (config) => [perspective(samplingOf(config)), { from: config.startPoints as number[][], to: config.endPoints as number[][] }],
    { exact: isNearest },
  ),
  elastic: imageReplay((config, known) => [elastic(samplingOf(config)), { displacement: pixels(known as ElasticCase) }], {
    exact: isNearest,
  }),
  flip: imageReplay(({ op }) => [flip({ direction: op === 'vflip' ? 'vertical' : 'horizontal' }), true], { exact: true }),
  crop: imageReplay(
    (config) => {
      const { top, left, height, width } = config as Numbers;
      return [crop({ size: [height ?? 0, width ?? 0] }), { top: top ?? 0, left: left ?? 0 }];
    },
    { exact: true },
  ),
  pad: imageReplay(
    ({ left, top, right, bottom, mode, fill }) => [
      pad({
        padding: [left as number, top as number, right as number, bottom as number],
        border: mode as 'constant',
        fill: fill as number,
      }),
      null,
    ],
    { exact: true },
  ),
  resize: imageReplay(
    ({ height, width, interpolation, antialias }) => [
      resize({ size: [height as number, width as number], interpolation: interpolation as 'nearest', antialias: antialias as boolean }),
      null,
    ],
    { exact: isNearest },
  ),
  'resized-crop': imageReplay(({ top, left, cropHeight, cropWidth, height, width, interpolation, antialias }) => [
    resizedCrop({
      size: [height as number, width as number],
      interpolation: interpolation as 'bilinear',
      antialias: antialias as boolean,
    }),
    { top: top as number, left: left as number, height: cropHeight as number, width: cropWidth as number },
  ]),
  'center-five-ten-crop': crops,
};
