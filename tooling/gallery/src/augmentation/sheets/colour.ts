import {
  autocontrast,
  brightness,
  contrast,
  equalize,
  gamma,
  grayscale,
  hue,
  invert,
  normalize,
  pcaLighting,
  posterize,
  saturation,
  solarize,
} from '@downhill/augmentation';
import type { Augmentation } from '@downhill/core';
import { applied } from '../applied.ts';
import type { Pictures } from '../pictures.ts';
import { each, row, type Shown } from '../row.ts';
import type { Sheet } from '../sheet.ts';

const FACTORS = [0, 0.5, 1, 1.5, 2.5];

export function colour({ card, photograph, meadow, seven }: Pictures): Sheet {
  const pale = applied(photograph, [contrast({ contrast: [0.3, 0.3] })]);
  const dark = applied(photograph, [brightness({ brightness: [0.3, 0.3] })]);
  const onEach = (operation: Augmentation, isSame = false): readonly Shown[] => [
    { caption: 'card', operation, on: card, isSame },
    { caption: 'photograph', operation, on: photograph, isSame },
    { caption: 'contrast 0.3 before', operation, on: pale, isSame },
    { caption: 'brightness 0.3 before', operation, on: dark, isSame },
    { caption: 'digit', operation, on: seven, isSame },
  ];
  return {
    name: 'colour',
    title: 'Colour',
    rows: [
      row(
        'brightness',
        ['factor'],
        photograph,
        each(FACTORS, 1, (factor) => ({ caption: `${factor}`, operation: brightness({ brightness: [factor, factor] }) })),
      ),
      row(
        'contrast',
        ['factor', '0: the mean gray'],
        photograph,
        each(FACTORS, 1, (factor) => ({ caption: `${factor}`, operation: contrast({ contrast: [factor, factor] }) })),
      ),
      row(
        'saturation',
        ['factor', '0: gray'],
        photograph,
        each(FACTORS, 1, (factor) => ({ caption: `${factor}`, operation: saturation({ saturation: [factor, factor] }) })),
      ),
      row(
        'hue',
        ['shift in turns', 'red goes to yellow,', 'green, blue'],
        card,
        each([-0.33, -0.17, 0, 0.17, 0.33], 0, (shift) => ({ caption: `${shift}`, operation: hue({ hue: [shift, shift] }) })),
      ),
      row(
        'hue',
        ['shift in turns'],
        meadow,
        each([-0.33, -0.17, 0, 0.17, 0.33], 0, (shift) => ({ caption: `${shift}`, operation: hue({ hue: [shift, shift] }) })),
      ),
      row(
        'gamma',
        ['gamma', 'above 1 darker'],
        photograph,
        each([0.25, 0.5, 1, 2, 4], 1, (exponent) => ({ caption: `${exponent}`, operation: gamma({ gamma: [exponent, exponent] }) })),
      ),
      row(
        'posterize',
        ['bits that are kept'],
        card,
        each([5, 4, 3, 2, 1], undefined, (bits) => ({ caption: `${bits}`, operation: posterize({ bits }) })),
      ),
      row(
        'solarize',
        ['threshold', 'inverts from it on'],
        card,
        each([0.9, 0.7, 0.5, 0.3, 0.1], undefined, (threshold) => ({ caption: `${threshold}`, operation: solarize({ threshold }) })),
      ),
      row(
        'pcaLighting',
        ['amounts of the three', 'principal components'],
        photograph,
        each(
          [
            [-1.5, 0, 0],
            [1.5, 0, 0],
            [0, -10, 0],
            [0, 10, 0],
            [0, 0, 25],
          ],
          undefined,
          (alpha) => ({ caption: alpha.join(', '), operation: pcaLighting(), draw: { alpha } }),
        ),
      ),
      row(
        'normalize',
        ['mean, deviation', 'cut off at 0 and 1', 'to be shown'],
        photograph,
        each(
          [
            [0, 2],
            [0, 0.5],
            [0.25, 0.5],
            [0.5, 0.5],
            [0.5, 0.25],
          ] as const,
          undefined,
          ([mean, deviation]) => ({
            caption: `${mean}, ${deviation}`,
            operation: normalize({ mean: [mean, mean, mean], standardDeviation: [deviation, deviation, deviation] }),
          }),
        ),
      ),
      row('invert', ['probability: 0', 'to compare with'], photograph, onEach(invert({ probability: 0 }), true)),
      row('invert', [], photograph, onEach(invert())),
      row('grayscale', [], photograph, onEach(grayscale())),
      row('autocontrast', [], photograph, onEach(autocontrast())),
      row('equalize', [], photograph, onEach(equalize())),
    ],
  };
}
