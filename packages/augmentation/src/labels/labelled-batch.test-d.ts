import type { Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { describe, expectTypeOf, test } from 'vitest';
import {
  compose,
  cutmix,
  flip,
  mixup,
  type FollowedBox,
  type FourNumbers,
  type Keypoint,
  type LabelledBatch,
  type LabelledImages,
  type MixedImages,
} from '../index.ts';

declare const images: Tensor4D;
declare const classes: Tensor1D;
declare const boxes: FourNumbers[][];
const pipeline = compose([flip()]);

describe('a pipeline', () => {
  test('gives images for images', () => {
    expectTypeOf(pipeline.apply(images)).toEqualTypeOf<Tensor4D>();
    expectTypeOf(pipeline.replay(images, [[true]])).toEqualTypeOf<Tensor4D>();
  });

  test('gives what it was given, all of it and nothing else', () => {
    expectTypeOf(pipeline.apply({ images, masks: images })).toEqualTypeOf<{ readonly images: Tensor4D; readonly masks: Tensor4D }>();
    expectTypeOf(pipeline.replay({ images, boxes, labels: classes }, [])).toEqualTypeOf<{
      readonly images: Tensor4D;
      readonly boxes: readonly (readonly FollowedBox[])[];
      readonly labels: Tensor1D;
    }>();
    expectTypeOf(pipeline.apply({ images, keypoints: [[[1, 2, 2]], [[3, 4]]] }).keypoints).toEqualTypeOf<
      readonly (readonly Keypoint[])[]
    >();
    // @ts-expect-error no boxes were given
    void pipeline.apply({ images, masks: images }).boxes;
  });

  test('gives what may be missing as what may be missing', () => {
    const batch = { images } as LabelledBatch;
    expectTypeOf(pipeline.apply(batch).masks).toEqualTypeOf<Tensor4D | undefined>();
  });

  test('takes no batch without images, and no misspelled name', () => {
    // @ts-expect-error there is nothing to draw for
    pipeline.apply({ boxes });
    // @ts-expect-error `boxes`
    pipeline.apply({ images, box: boxes });
    // @ts-expect-error a box has four numbers
    pipeline.apply({ images, boxes: [[[1, 2, 3]]] });
    // @ts-expect-error no such format
    compose([], { boxes: { format: 'yxyx' } });
  });
});

describe('mixing', () => {
  test('takes and returns labels', () => {
    expectTypeOf(mixup().apply).parameter(0).toEqualTypeOf<LabelledImages>();
    expectTypeOf(cutmix().apply).returns.toEqualTypeOf<MixedImages>();
    expectTypeOf<MixedImages['labels']>().toEqualTypeOf<Tensor2D>();
    expectTypeOf(mixup().apply).toBeCallableWith(pipeline.apply({ images, labels: classes }));
    // @ts-expect-error labels are missing
    mixup().apply({ images });
    // @ts-expect-error images alone are what a pipeline takes
    cutmix().apply(images);
  });

  test('is no operation of a pipeline', () => {
    // @ts-expect-error a pipeline works on one image at a time
    compose([mixup()]);
  });
});
