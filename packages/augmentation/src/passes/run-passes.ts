import { applyErase } from './erase.ts';
import type { Image, Range } from './image.ts';
import type { Kernels } from './kernels.ts';
import { mapValues, roundedHalfToEven, truncated } from './levels.ts';
import type { MixturePass, Pass, PixelPass } from './pass.ts';

/** An image after its passes, until the next one is worked on; the one given stays as it is. */
export function runPasses(kernels: Kernels, image: Image, passes: readonly Pass[], range: Range): Image {
  return passes.reduce<Image>((current, pass) => runPass(kernels, current, pass, range), kernels.take(image));
}

function runPass(kernels: Kernels, image: Image, pass: Pass, range: Range): Image {
  switch (pass.kind) {
    case 'geometry': {
      const taken = kernels.resample(image, { ...pass, fill: pass.fill?.map((value) => value * range) });
      if (range === 255 && pass.interpolation !== 'nearest') mapValues(taken, roundedHalfToEven);
      return taken;
    }
    case 'neighbourhood':
      return kernels.applyNeighbourhood(image, pass, range);
    case 'mixture':
      return mix(kernels, image, pass, range);
    default:
      return runPixels(kernels, image, pass, range);
  }
}

function mix(kernels: Kernels, image: Image, { own, chains }: MixturePass, range: Range): Image {
  const kept = { ...image, data: Float32Array.from(image.data) };
  const mixed = { ...image, data: kept.data.map((value) => own * value) };
  for (const { share, passes } of chains) {
    const { data } = runPasses(kernels, kept, passes, range);
    for (let i = 0; i < data.length; i++) mixed.data[i] = (mixed.data[i] ?? 0) + share * (data[i] ?? 0);
  }
  if (range === 255) mapValues(mixed, truncated);
  return mixed;
}

function runPixels(kernels: Kernels, image: Image, { steps }: PixelPass, range: Range): Image {
  return steps.reduce<Image>((current, step) => {
    if (step.kind === 'colour') return kernels.applyColour(current, step, range);
    if (step.kind === 'pointwise') return kernels.applyPointwise(current, step, range);
    applyErase(current, step, range);
    return current;
  }, image);
}
