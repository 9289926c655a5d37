import { compose, multiScale, tenCrop, type View } from '@downhill/augmentation';
import type { Augmentation } from '@downhill/core';
import type { Pixels } from '../charts/pixels.ts';
import { codeOf } from '../shell/code-of.ts';
import { resultOf } from '../work/result.ts';
import type { AugmentationRequest, Cell, Part, Sample } from './augmentation-protocol.ts';
import { MIXED, SAMPLES, type Step } from './augmentation-state.ts';
import { MAKERS, type Extent } from './makers.ts';
import { mixedPicture } from './mixed-picture.ts';
import { OPERATIONS, valueAt } from './operations.ts';
import { pictureOf, withBatch } from './picture-batch.ts';
import { CROP, SIDES } from './test-views.ts';

const VIEWS: readonly View[] = [...tenCrop(CROP), ...multiScale([[]], { sides: [...SIDES] })];

/** What a pipeline makes of a picture that is this sample of the data, what was drawn for it, and the plan. */
export function sampleOf(
  { picture: { pixels }, steps, seed, epoch }: Pick<AugmentationRequest, 'picture' | 'steps' | 'seed' | 'epoch'>,
  sample: number,
): Sample {
  const operations = steps.map((step) => augmentationOf(step, 'drawn'));
  const pipeline = compose(operations, { seed });
  const size = { height: pixels.height, width: pixels.width, channels: 3 };
  const which = { epoch, samples: [sample] };
  const [draws = []] = pipeline.draw({ ...size, images: 1 }, which);
  return {
    pixels: withBatch(pixels, (batch) => pictureOf(pipeline.apply(batch, which))),
    code: `compose([${operations.map(callOf).join(', ')}], { seed: ${seed} })`,
    drawn: draws.map((draw, i) => `${operations[i]?.name}: ${JSON.stringify(draw, shortNumber)}`),
    plan: pipeline.explain(size, draws),
  };
}

function augmentationOf({ operation, value }: Step, extent: Extent): Augmentation {
  const make = MAKERS[operation];
  if (make === undefined) throw new RangeError(`there is no operation '${operation}'`);
  return make(value, extent);
}

const callOf = ({ name, config }: Augmentation): string =>
  `${name}(${Object.keys(config).length === 0 ? '' : codeOf(JSON.parse(JSON.stringify(config, shortNumber)))})`;

const shortNumber = (_: string, value: unknown): unknown => (typeof value === 'number' ? Number(value.toFixed(3)) : value);

const alone = ({ picture, seed }: AugmentationRequest, operations: readonly Augmentation[]): Pixels =>
  withBatch(picture.pixels, (batch) => pictureOf(compose(operations, { seed }).apply(batch)));

function galleryPicture(request: AugmentationRequest, index: number): Pixels {
  const operation = OPERATIONS[index];
  if (operation === undefined) throw new RangeError(`there is no operation ${index}`);
  return alone(request, [augmentationOf({ operation: operation.name, value: valueAt(operation, request.strength) }, 'full')]);
}

/** A part of the view: how many cells it has, what they depend on, and how one is made. */
interface Work {
  readonly count: number;
  readonly dependsOn: (request: AugmentationRequest) => unknown;
  readonly cell: (request: AugmentationRequest, index: number) => Cell;
}

const mixing = ({ picture, partner, seed, alpha }: AugmentationRequest): unknown => [picture.number, partner.number, seed, alpha];

/** What is nearest to the top of the page comes first. */
const WORKS: Readonly<Record<Part, Work>> = {
  sample: {
    count: SAMPLES,
    dependsOn: ({ picture, steps, seed, epoch }) => [picture.number, steps, seed, epoch],
    cell: (request, index) => ({ part: 'sample', index, result: resultOf(() => sampleOf(request, index)) }),
  },
  gallery: {
    count: OPERATIONS.length,
    dependsOn: ({ picture, strength, seed }) => [picture.number, strength, seed],
    cell: (request, index) => ({ part: 'gallery', index, result: resultOf(() => galleryPicture(request, index)) }),
  },
  mixup: {
    count: MIXED,
    dependsOn: mixing,
    cell: (request, index) => ({ part: 'mixup', index, result: resultOf(() => mixedPicture('mixup', request, index)) }),
  },
  cutmix: {
    count: MIXED,
    dependsOn: mixing,
    cell: (request, index) => ({ part: 'cutmix', index, result: resultOf(() => mixedPicture('cutmix', request, index)) }),
  },
  view: {
    count: VIEWS.length,
    dependsOn: ({ picture }) => picture.number,
    cell: (request, index) => ({ part: 'view', index, result: resultOf(() => alone(request, VIEWS[index] ?? [])) }),
  },
};

/**
 * Works out all cells of a request, one at each turn of the generator.
 *
 * @param known For each part, what its cells were last worked out for: where that has not changed they are left alone. It is kept up to date.
 */
export function* shownPictures(
  request: AugmentationRequest,
  known: Map<string, string>,
  tell: (cell: Cell) => void,
): Generator<void, true> {
  for (const [part, { count, dependsOn, cell }] of Object.entries(WORKS)) {
    const now = JSON.stringify(dependsOn(request));
    if (known.get(part) === now) continue;
    known.delete(part);
    for (let index = 0; index < count; index += 1) {
      tell(cell(request, index));
      yield;
    }
    known.set(part, now);
  }
  return true;
}
