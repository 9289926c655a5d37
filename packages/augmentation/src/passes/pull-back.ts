import { DownhillError, type ColourEffect } from '@downhill/core';
import { meansOf } from './contrast.ts';
import { emptyImage, type Image } from './image.ts';
import { channelsOf } from './join-colours.ts';
import { portableKernels } from './kernels.ts';
import type { Pass, ResamplePass } from './pass.ts';
import { runPasses } from './run-passes.ts';
import { eachPixel, inside } from './taps.ts';

/**
 * The gradient by an image of a function whose gradient by the image after its passes is known: each pass's transposed derivative, the last
 * one first. Where a value was cut off it does not depend on the image.
 *
 * @throws DownhillError `unsupported` for a pass that is neither geometry nor a matrix of colours nor each channel's contrast.
 */
export function pullBack(image: Image, gradient: Image, passes: readonly Pass[]): Image {
  const steps = passes.flatMap<Pass>((pass) =>
    pass.kind === 'pixels' ? pass.steps.map((step) => ({ kind: 'pixels', steps: [step] }) as const) : [pass],
  );
  const before = [image];
  for (const step of steps.slice(0, -1)) before.push(runPasses(portableKernels, before.at(-1) ?? image, [step], 1));
  return steps.reduceRight((dy, step, i) => pullStepBack(before[i] ?? image, dy, step), gradient);
}

function pullStepBack(image: Image, dy: Image, step: Pass): Image {
  if (step.kind === 'geometry' && step.coveredTwice !== true) return spread(image, dy, step);
  const [only] = step.kind === 'pixels' ? step.steps : [];
  if (only?.kind === 'colour') return pullColourBack(image, dy, only);
  if (step.kind === 'neighbourhood' && step.name === 'contrast' && step.perChannel === true)
    return pullContrastBack(image, dy, step.factor);
  const what = only ?? step;
  throw new DownhillError({
    code: 'unsupported',
    source: 'augmentation',
    problem: `a gradient by the images is not known through ${'name' in what ? what.name : what.kind}`,
    advice: 'Augment before the first layer with weights.',
  });
}

/** Gives each pixel's gradient to the pixels that it was a sum over. */
function spread({ height, width, channels }: Image, dy: Image, pass: ResamplePass): Image {
  const { window, border } = pass;
  const dx = emptyImage(height, width, channels);
  eachPixel(pass, (pixel, across, down) => {
    for (const [i, rowWeight] of down.weights.entries()) {
      const row = inside(down.first + i, window.top, window.bottom, border);
      for (const [j, columnWeight] of across.weights.entries()) {
        const column = inside(across.first + j, window.left, window.right, border);
        if (row === undefined || column === undefined) continue;
        const to = (row * width + column) * channels;
        for (let channel = 0; channel < channels; channel++)
          dx.data[to + channel] = (dx.data[to + channel] ?? 0) + rowWeight * columnWeight * (dy.data[pixel * channels + channel] ?? 0);
      }
    }
  });
  return dx;
}

/** The gradient without that of values which were cut off: those outside [0, 1]. */
const kept = (dy: Image, isClamped: boolean, value: (index: number) => number): Image => ({
  ...dy,
  data: dy.data.map((slope, i) => (isClamped && (value(i) < 0 || value(i) > 1) ? 0 : slope)),
});

function pullColourBack(image: Image, dy: Image, effect: ColourEffect): Image {
  const { channels } = image;
  const columns = channelsOf(effect) + 1;
  const uncut = runPasses(portableKernels, image, [{ kind: 'pixels', steps: [{ ...effect, clamp: false }] }], 1);
  const { data } = kept(dy, effect.clamp, (i) => uncut.data[i] ?? 0);
  const dx = emptyImage(image.height, image.width, channels);
  for (let i = 0; i < data.length; i++) {
    const [pixel, column] = [i - (i % channels), i % channels];
    for (let row = 0; row < channels; row++)
      dx.data[i] = (dx.data[i] ?? 0) + (effect.matrix[row * columns + column] ?? 0) * (data[pixel + row] ?? 0);
  }
  return dx;
}

/** y = mean + f (x - mean): dx = f dy + (1 - f) mean(dy), for each channel. */
function pullContrastBack(image: Image, dy: Image, factor: number): Image {
  const means = meansOf(image);
  const shifted = kept(dy, true, (i) => {
    const mean = means[i % image.channels] ?? 0;
    return mean + factor * ((image.data[i] ?? 0) - mean);
  });
  const slopes = meansOf(shifted);
  return { ...dy, data: shifted.data.map((slope, i) => factor * slope + (1 - factor) * (slopes[i % image.channels] ?? 0)) };
}
