import { emptyImage, type Image } from './image.ts';
import type { ResamplePass } from './pass.ts';
import { eachPixel, inside, type Taps } from './taps.ts';

const { fround } = Math;

/** Takes a picture anew; see `GeometryEffect` of core. Positions and weights are in float64, sums in float32. */
export function resample(image: Image, pass: ResamplePass): Image {
  const { channels } = image;
  const result = emptyImage(pass.height, pass.width, channels);
  const values = new Float32Array(channels);
  eachPixel(pass, (pixel, across, down) => {
    const covered = sumTaps(image, pass, across, down, values);
    addFill(values, pass, covered);
    result.data.set(values, pixel * channels);
  });
  return result;
}

/** Sums the pixels under the taps; what is outside a constant border is left out. @returns The weight of what is inside. */
function sumTaps({ data, width, channels }: Image, { border, window }: ResamplePass, across: Taps, down: Taps, sums: Float32Array): number {
  let covered = 0;
  sums.fill(0);
  for (const [i, rowWeight] of down.weights.entries()) {
    const row = inside(down.first + i, window.top, window.bottom, border);
    for (const [j, columnWeight] of across.weights.entries()) {
      const column = inside(across.first + j, window.left, window.right, border);
      const weight = rowWeight * columnWeight;
      if (row === undefined || column === undefined || weight === 0) continue;
      covered += weight;
      const from = (row * width + column) * channels;
      for (let channel = 0; channel < channels; channel++)
        sums[channel] = (sums[channel] ?? 0) + fround(fround(weight) * (data[from + channel] ?? 0));
    }
  }
  return covered;
}

function addFill(values: Float32Array, { fill, coveredTwice = false }: ResamplePass, covered: number): void {
  if (fill === undefined) return;
  for (const [channel, value] of values.entries())
    values[channel] =
      (coveredTwice ? fround(value * fround(covered)) : value) + fround(fround(1 - covered) * fround(fill[channel] ?? fill[0] ?? 0));
}
