import { cutmix, cutmixBox, mixup, type MixedImages } from '@downhill/augmentation';
import { dispose, tensor1d, type Tensor4D } from '@tensorflow/tfjs-core';
import { replayOf, type Case, type Replay } from '../../cases/case-family.ts';
import { tensorOf, type TensorData } from '../../cases/tensor-data.ts';
import { FRACTIONS } from './images.ts';

interface MixingCase extends Case {
  readonly config: {
    readonly lambda: number;
    readonly permutation: readonly number[];
    readonly classes: number;
    readonly labelSmoothing: number;
    readonly labels: readonly number[];
    readonly centerY: number;
    readonly centerX: number;
  };
  readonly input: TensorData;
  readonly expected: {
    readonly images: TensorData;
    readonly targets: TensorData;
    readonly box?: { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number };
    readonly correctedLambda?: number;
  };
}

const mixingReplay = (
  mix: (config: MixingCase['config'], batch: { readonly images: Tensor4D; readonly labels: ReturnType<typeof tensor1d> }) => MixedImages,
  also: (known: MixingCase, compare: Parameters<Replay>[1]) => void = () => {},
): Replay =>
  replayOf<MixingCase>((known, compare) => {
    const { config, input, expected } = known;
    const batch = { images: tensorOf(input) as Tensor4D, labels: tensor1d([...config.labels], 'int32') };
    const mixed = mix(config, batch);
    compare.absolute('images', mixed.images, expected.images, FRACTIONS);
    compare.absolute('targets', mixed.labels, expected.targets, FRACTIONS);
    also(known, compare);
    dispose([batch.images, batch.labels, mixed.images, mixed.labels]);
  });

const cutmixDraw = ({ lambda, centerY, centerX, permutation }: MixingCase['config']) => ({
  lambda,
  row: centerY,
  column: centerX,
  permutation,
});

/** By file name. */
export const mixing: Readonly<Record<string, Replay>> = {
  mixup: mixingReplay(({ lambda, permutation, classes, labelSmoothing }, batch) =>
    mixup({ classes, labelSmoothing }).replay(batch, { lambda, permutation }),
  ),
  cutmix: mixingReplay(
    (config, batch) => cutmix({ classes: config.classes, labelSmoothing: config.labelSmoothing }).replay(batch, cutmixDraw(config)),
    ({ config, input, expected }, compare) => {
      const [, height = 0, width = 0] = input.shape;
      const { box, share } = cutmixBox(cutmixDraw(config), { height, width });
      const corners = (of: typeof box | undefined): readonly (number | undefined)[] => [of?.top, of?.bottom, of?.left, of?.right];
      compare.same('box', corners(box), corners(expected.box));
      compare.absolute('share', share, expected.correctedLambda ?? Number.NaN, FRACTIONS);
    },
  ),
};
