import { checkNumber, complete, DownhillError, show, type Augmentation, type ImageSize } from '@downhill/core';
import { Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { checkCount, checkedWhich, operationsOf } from './check-pipeline.ts';
import { drawsOf } from '../draws-of.ts';
import { explained } from './explained.ts';
import { augmented } from '../labels/augmented.ts';
import { boxOptionsOf } from '../labels/boxes.ts';
import { swapsOf } from '../labels/keypoints.ts';
import type { Augmented, LabelledBatch } from '../labels/labelled-batch.ts';
import { readBatch } from '../labels/read-batch.ts';
import { plan } from '../passes/plan.ts';
import type { Drawn, Pipeline, PipelineOptions, Which } from './pipeline.ts';
import { pulledBack } from './pulled-back.ts';
import { checkOneSize, walk, walkAsDrawn, type Walk } from '../walk.ts';

/**
 * Joins operations to a pipeline. Seed, stream, sample and epoch alone decide what is drawn for an image, whatever the batch.
 *
 * Neighbouring geometric operations are one resampling, neighbouring matrices of colour are one, and what changes pixels one by one is one
 * pass; {@link Pipeline.explain} says so. Labels follow their images:
 *
 * @example
 * const pipeline = compose([crop({ size: 32, padding: 4 }), flip()], { seed: 1, boxes: { format: 'xywh', minimumVisible: 0.3 } });
 * const views = pipeline.apply({ images: tf.zeros([2, 32, 32, 3]), boxes: [[[4, 4, 20, 20]], []] }, { epoch: 0, samples: [17, 4] });
 * Object.keys(views); // ['images', 'boxes']
 *
 * @throws DownhillError `invalid-argument`, `unknown-name` for what is no operation or no option; from its functions also `shape-mismatch`,
 * `non-finite` for images or labels that are no batch, hold NaN or infinity, or that an operation does not take, and `unsupported` for
 * boxes and keypoints where a displacement folds the picture.
 */
export function compose(operations: readonly Augmentation[], options: PipelineOptions = {}): Pipeline {
  const { seed, stream, faithful, boxes, keypoints, masks } = complete('compose', options, {
    seed: 0,
    stream: 'images',
    faithful: false,
    boxes: {},
    keypoints: {},
    masks: {},
  });
  const { outside } = complete('compose', masks, { outside: 0 });
  checkNumber('compose', { seed }, { integer: true });
  if (typeof stream !== 'string')
    throw new DownhillError({ code: 'invalid-argument', source: 'compose', problem: `\`stream\` must be a name, got ${show(stream)}` });
  checkNumber('compose', { 'masks.outside': outside });
  const settings = { boxes: boxOptionsOf('compose', boxes), swaps: swapsOf('compose', keypoints), outside, faithful };
  const parts = operationsOf(operations);

  const drawn = (image: ImageSize, epoch: number, sample: number): Walk => {
    const drawsAt = drawsOf({ seed, stream, epoch, sample });
    return walk(parts, image, (part, place, size) => part.draw(drawsAt(place), size));
  };

  const drawnWalks = (images: readonly ImageSize[], which: Which): readonly Walk[] => {
    const { epoch, samples } = checkedWhich(images.length, which);
    return images.map((image, i) => drawn(image, epoch, samples[i] ?? i));
  };

  const after = (
    given: Tensor4D | LabelledBatch,
    walksOf: (images: readonly ImageSize[]) => readonly Walk[],
  ): Tensor4D | Augmented<LabelledBatch> => {
    const read = readBatch(given instanceof Tensor ? { images: given } : given, faithful, settings);
    const walks = walksOf(read.images);
    checkOneSize(walks);
    const result = augmented(read, walks, settings);
    return given instanceof Tensor ? result.images : result;
  };

  function apply(images: Tensor4D, which?: Which): Tensor4D;
  function apply<Given extends LabelledBatch>(batch: Given, which?: Which): Augmented<Given>;
  function apply(given: Tensor4D | LabelledBatch, which: Which = {}): Tensor4D | Augmented<LabelledBatch> {
    return after(given, (images) => drawnWalks(images, which));
  }

  function replay(images: Tensor4D, draws: Drawn): Tensor4D;
  function replay<Given extends LabelledBatch>(batch: Given, draws: Drawn): Augmented<Given>;
  function replay(given: Tensor4D | LabelledBatch, draws: Drawn): Tensor4D | Augmented<LabelledBatch> {
    return after(given, (images) => {
      checkCount('draws', draws.length, images.length);
      return images.map((image, i) => walkAsDrawn(parts, image, draws[i] ?? []));
    });
  }

  return {
    apply,
    replay,
    pullBack: (gradient, images, which = {}) => pulledBack(gradient, images, (read) => drawnWalks(read, which), faithful),
    draw({ images, height, width, channels }, which = {}) {
      checkNumber('compose', { images, height, width, channels }, { min: 1, integer: true });
      const { epoch, samples } = checkedWhich(images, which);
      return Array.from(samples, (sample) => drawn({ height, width, channels }, epoch, sample).draws);
    },
    explain(image, draws) {
      const { effects } = draws === undefined ? drawn(image, 0, 0) : walkAsDrawn(parts, image, draws);
      return explained(
        parts.map(({ name }) => name),
        plan(effects, image, { faithful }),
      );
    },
  };
}
