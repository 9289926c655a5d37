import {
  autocontrast,
  brightness,
  contrast,
  cutout,
  equalize,
  erase,
  gamma,
  gaussianBlur,
  grayscale,
  hue,
  invert,
  normalize,
  pcaLighting,
  posterize,
  saturation,
  sharpness,
  solarize,
} from '@downhill/augmentation';
import { slice } from '@tensorflow/tfjs-core';
import { replayOf, type Replay } from '../../cases/case-family.ts';
import type { TensorData } from '../../cases/tensor-data.ts';
import { FRACTIONS, imageReplay, LEVELS, type ImageCase } from './images.ts';
import { replayed } from './replay-operation.ts';

interface EraseCase extends ImageCase {
  readonly patch?: TensorData;
}

const gray: Replay = replayOf<ImageCase>(({ config, input, expected }, compare) => {
  const ours = replayed(input, [grayscale(), true]);
  const shown = config.channels === 1 ? slice(ours, [0, 0, 0, 0], [-1, -1, -1, 1]) : ours;
  compare.absolute('images', shown, expected, input.dtype === 'uint8' ? LEVELS : FRACTIONS);
  shown.dispose();
  ours.dispose();
});

/** By file name. */
export const colour: Readonly<Record<string, Replay>> = {
  brightness: imageReplay(({ brightness_factor }) => [brightness({ brightness: 1 }), { factor: brightness_factor as number }]),
  contrast: imageReplay(({ contrast_factor }) => [contrast({ contrast: 1 }), { factor: contrast_factor as number }]),
  saturation: imageReplay(({ saturation_factor }) => [saturation({ saturation: 1 }), { factor: saturation_factor as number }]),
  sharpness: imageReplay(({ sharpness_factor }) => [sharpness({ sharpness: 1 }), { factor: sharpness_factor as number }]),
  hue: imageReplay(({ hue_factor }) => [hue({ hue: 0.5 }), { shift: hue_factor as number }]),
  gamma: imageReplay((config) => [gamma({ gamma: [1, 1], gain: config.gain as number }), { gamma: config.gamma as number }]),
  grayscale: gray,
  invert: imageReplay(() => [invert(), true], { exact: true }),
  equalize: imageReplay(() => [equalize(), true], { exact: true }),
  autocontrast: imageReplay(() => [autocontrast(), true]),
  posterize: imageReplay(({ bits }) => [posterize({ bits: bits as number }), true], { exact: true }),
  solarize: imageReplay(({ threshold }) => [solarize({ threshold: threshold as number }), true], { exact: true }),
  'solarize-uint8': imageReplay(({ threshold }) => [solarize({ threshold: (threshold as number) / 255 }), true], { exact: true }),
  normalize: imageReplay(({ mean, std }) => [normalize({ mean: mean as number[], standardDeviation: std as number[] }), null]),
  'pca-lighting': imageReplay(({ alpha, eigenvalues, eigenvectors }) => [
    pcaLighting({ eigenvalues: eigenvalues as never, eigenvectors: eigenvectors as never }),
    { alpha: alpha as number[] },
  ]),
  'gaussian-blur': imageReplay(({ kernelHeight, kernelWidth, sigmaX, sigmaY }) => [
    gaussianBlur({ kernelSize: [kernelHeight as number, kernelWidth as number] }),
    { sigmaX: sigmaX as number, sigmaY: sigmaY as number },
  ]),
  cutout: imageReplay(
    ({ length, centerY, centerX }) => [cutout({ length: length as number }), { row: centerY as number, column: centerX as number }],
    { exact: true },
  ),
  erase: imageReplay(
    ({ top, left, height, width, value }, known) => [
      erase({
        top: top as number,
        left: left as number,
        height: height as number,
        width: width as number,
        value: (known as EraseCase).patch?.data ?? (value as number[]),
      }),
      null,
    ],
    { exact: true },
  ),
};
