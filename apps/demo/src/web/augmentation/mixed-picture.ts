import { cutmix, mixup, type MixedImages } from '@downhill/augmentation';
import { concat, tensor1d, tidy, type Tensor1D, type Tensor4D } from '@tensorflow/tfjs-core';
import type { AugmentationRequest, Mixed } from './augmentation-protocol.ts';
import { batchOf, pictureOf } from './picture-batch.ts';

/** Each of the two is the other's partner. */
const EXCHANGED = [1, 0];

interface Batch {
  readonly images: Tensor4D;
  readonly labels: Tensor1D;
}
interface Drawn {
  readonly lambda: number;
  readonly mixed: MixedImages;
}

/** A picture and its partner, mixed with the share that one step of a training draws. */
export function mixedPicture(
  kind: 'mixup' | 'cutmix',
  { picture, partner, alpha, seed }: Pick<AugmentationRequest, 'picture' | 'partner' | 'alpha' | 'seed'>,
  step: number,
): Mixed {
  const batch: Batch = tidy(() => ({
    images: concat([batchOf(picture.pixels), batchOf(partner.pixels)]),
    labels: tensor1d([0, 1], 'int32'),
  }));
  try {
    const { lambda, mixed } = MIXERS[kind](batch, { alpha, classes: 2 }, { seed, step });
    const [own = Number.NaN, other = Number.NaN] = mixed.labels.dataSync();
    mixed.labels.dispose();
    return { pixels: pictureOf(mixed.images), lambda, shares: [own, other] };
  } finally {
    batch.images.dispose();
    batch.labels.dispose();
  }
}

type Mixer = (batch: Batch, options: { alpha: number; classes: number }, which: { readonly seed: number; readonly step: number }) => Drawn;

const MIXERS: Readonly<Record<'mixup' | 'cutmix', Mixer>> = {
  mixup(batch, options, which) {
    const mixing = mixup(options);
    const draw = mixing.draw(2, which);
    return { lambda: draw.lambda, mixed: mixing.replay(batch, { ...draw, permutation: EXCHANGED }) };
  },
  cutmix(batch, options, which) {
    const mixing = cutmix(options);
    const [images, height, width] = batch.images.shape;
    const draw = mixing.draw({ images, height, width }, which);
    return { lambda: draw.lambda, mixed: mixing.replay(batch, { ...draw, permutation: EXCHANGED }) };
  },
};
