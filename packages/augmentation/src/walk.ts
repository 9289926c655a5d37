import { DownhillError, type Augmentation, type Effect, type ImageSize, type Json } from '@downhill/core';

/** What was drawn for an image, what that does, and the sizes that it begins and ends with. */
export interface Walk {
  readonly from: ImageSize;
  readonly draws: readonly Json[];
  readonly effects: readonly Effect[];
  readonly size: ImageSize;
}

/** What operations do to an image, one after the other: each gets its draw for the image as the ones before left it. */
export function walk(
  operations: readonly Augmentation[],
  image: ImageSize,
  drawOf: (operation: Augmentation, place: number, size: ImageSize) => Json,
): Walk {
  let size = image;
  const draws: Json[] = [];
  const effects: Effect[] = [];
  for (const [place, operation] of operations.entries()) {
    const drawn = drawOf(operation, place, size);
    const own = operation.apply(drawn, size);
    size = own.reduce((before, effect) => {
      checkFill(operation.name, effect, before);
      return sizeAfter(before, effect);
    }, size);
    draws.push(drawn);
    effects.push(...own);
  }
  return { from: image, draws, effects, size };
}

const sizeAfter = (size: ImageSize, effect: Effect): ImageSize =>
  'height' in effect && effect.kind !== 'erase' ? { ...size, height: effect.height, width: effect.width } : size;

function checkFill(source: string, effect: Effect, { channels }: ImageSize): void {
  if (effect.kind !== 'geometry' || effect.fill === undefined || effect.fill.length === 1 || effect.fill.length === channels) return;
  throw new DownhillError({
    code: 'shape-mismatch',
    source,
    problem: `\`fill\` must be one number or one for each of ${channels} channels, got [${effect.fill.join(', ')}]`,
  });
}

/**
 * The same with draws that are given.
 *
 * @throws DownhillError `shape-mismatch` where there is not one for each operation, `invalid-argument` for one that its operation cannot take.
 */
export function walkAsDrawn(operations: readonly Augmentation[], image: ImageSize, draws: readonly Json[]): Walk {
  if (draws.length !== operations.length)
    throw new DownhillError({
      code: 'shape-mismatch',
      source: 'compose',
      problem: `an image must have a draw for each of ${operations.length} operations, got ${draws.length}`,
      advice: 'Replay draws that the same operations made: pipeline.draw(batch).',
    });
  return walk(operations, image, (operation, place, size) => {
    const drawn = draws[place] ?? null;
    operation.check(drawn, size);
    return drawn;
  });
}

/** @throws DownhillError `shape-mismatch` for images that do not end with one size. */
export function checkOneSize(walks: readonly Walk[]): void {
  const [first] = walks;
  const other = walks.find(({ size }) => size.height !== first?.size.height || size.width !== first.size.width);
  if (first === undefined || other === undefined) return;
  const shown = ({ size: { height, width } }: Walk): string => `${height} x ${width}`;
  throw new DownhillError({
    code: 'shape-mismatch',
    source: 'compose',
    problem: `the images of a batch must end with one size, got ${shown(first)} and ${shown(other)}`,
    advice: 'End the pipeline with a crop or a resize.',
  });
}
