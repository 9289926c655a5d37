import { applyColour } from './colour.ts';
import { applyErase } from './erase.ts';
import type { Image, Range } from './image.ts';
import { mapValues, roundedHalfToEven, truncated } from './levels.ts';
import { applyNeighbourhood } from './neighbourhood.ts';
import type { MixturePass, Pass, PixelPass } from './pass.ts';
import { applyPointwise } from './pointwise.ts';
import { resample } from './resample.ts';

/** An image after its passes; the one given stays as it is. */
export function runPasses(image: Image, passes: readonly Pass[], range: Range): Image {
  return passes.reduce<Image>((current, pass) => runPass(current, pass, range), { ...image, data: Float32Array.from(image.data) });
}

function runPass(image: Image, pass: Pass, range: Range): Image {
  switch (pass.kind) {
    case 'geometry': {
      const taken = resample(image, { ...pass, fill: pass.fill?.map((value) => value * range) });
      if (range === 255 && pass.interpolation !== 'nearest') mapValues(taken, roundedHalfToEven);
      return taken;
    }
    case 'neighbourhood':
      return applyNeighbourhood(image, pass, range);
    case 'mixture':
      return mix(image, pass, range);
    default:
      runPixels(image, pass, range);
      return image;
  }
}

function mix(image: Image, { own, chains }: MixturePass, range: Range): Image {
  const mixed = { ...image, data: image.data.map((value) => own * value) };
  for (const { share, passes } of chains) {
    const { data } = runPasses(image, passes, range);
    for (let i = 0; i < data.length; i++) mixed.data[i] = (mixed.data[i] ?? 0) + share * (data[i] ?? 0);
  }
  if (range === 255) mapValues(mixed, truncated);
  return mixed;
}

function runPixels(image: Image, { steps }: PixelPass, range: Range): void {
  for (const step of steps) {
    if (step.kind === 'colour') applyColour(image, step, range);
    else if (step.kind === 'pointwise') applyPointwise(image, step, range);
    else applyErase(image, step, range);
  }
}
