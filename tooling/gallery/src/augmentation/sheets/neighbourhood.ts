import { cutout, erase, gaussianBlur, gaussianNoise, randomErasing, sharpness } from '@downhill/augmentation';
import type { Pictures } from '../pictures.ts';
import { each, row } from '../row.ts';
import type { Sheet } from '../sheet.ts';

const AREAS = [0.02, 0.05, 0.1, 0.2, 0.33];

export function neighbourhood({ card, photograph, seven }: Pictures): Sheet {
  return {
    name: 'neighbourhood',
    title: 'Neighbourhood, noise and erasing',
    rows: [
      row(
        'gaussianBlur',
        ['sigma in pixels', 'kernelSize: 23'],
        photograph,
        each([0.5, 1, 2, 3, 4], undefined, (sigma) => ({
          caption: `${sigma}`,
          operation: gaussianBlur({ kernelSize: 23, sigma: [sigma, sigma] }),
        })),
      ),
      row(
        'gaussianBlur',
        ['kernelSize', 'height, width', 'sigma: 4'],
        card,
        each([3, 9, 23, [23, 1], [1, 23]] as const, undefined, (kernelSize) => ({
          caption: typeof kernelSize === 'number' ? `${kernelSize}` : `[${kernelSize.join(', ')}]`,
          operation: gaussianBlur({ kernelSize, sigma: [4, 4] }),
        })),
      ),
      row(
        'sharpness',
        ['factor', '0: smoothed'],
        photograph,
        each([0, 0.5, 1, 3, 8], 1, (factor) => ({ caption: `${factor}`, operation: sharpness({ sharpness: [factor, factor] }) })),
      ),
      row(
        'gaussianNoise',
        ['deviation'],
        photograph,
        each([0, 0.02, 0.05, 0.1, 0.2], 0, (deviation) => ({
          caption: `${deviation}`,
          operation: gaussianNoise({ deviation: [deviation, deviation] }),
        })),
      ),
      row(
        'cutout',
        ['length', 'in the middle, then', 'at the corner'],
        photograph,
        each([8, 16, 32, 48, 64], undefined, (length) => ({
          caption: length === 64 ? '64, at 0, 0' : `${length}`,
          operation: cutout({ length }),
          draw: length === 64 ? { row: 0, column: 0 } : { row: 48, column: 48 },
        })),
      ),
      row(
        'erase',
        ['height, width', 'top: 12, left: 24', 'value: [0.9, 0.6, 0.1]'],
        card,
        each(
          [
            [6, 6],
            [12, 24],
            [24, 12],
            [36, 48],
            [72, 60],
          ] as const,
          undefined,
          ([height, width]) => ({
            caption: `${height}, ${width}`,
            operation: erase({ top: 12, left: 24, height, width, value: [0.9, 0.6, 0.1] }),
          }),
        ),
      ),
      row(
        'randomErasing',
        ['area', 'aspect: 1'],
        photograph,
        each(AREAS, undefined, (area) => ({
          caption: `${area}`,
          operation: randomErasing({ probability: 1, area: [area, area], aspect: [1, 1] }),
        })),
      ),
      row(
        'randomErasing',
        ['aspect, height over width', 'area: 0.15', 'fill: 0.5'],
        seven,
        each([0.3, 0.5, 1, 2, 3.3], undefined, (aspect) => ({
          caption: `${aspect}`,
          operation: randomErasing({ probability: 1, area: [0.15, 0.15], aspect: [aspect, aspect], fill: 0.5 }),
        })),
      ),
    ],
  };
}
