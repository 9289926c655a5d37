import { crop, pad, resize, resizedCrop, resizeShorter } from '@downhill/augmentation';
import { applied } from '../applied.ts';
import type { Pictures } from '../pictures.ts';
import { each, row } from '../row.ts';
import type { Sheet } from '../sheet.ts';
import { BORDERS } from './geometry.ts';

const WHOLE = [96, 96, 0, 0] as const;

export function framing({ card, photograph }: Pictures): Sheet {
  const wide = applied(photograph, [crop({ size: [64, 96], place: 'centre' })]);
  const small = applied(
    card,
    [resizedCrop({ size: 24, antialias: false, interpolation: 'nearest' })],
    [{ top: 8, left: 68, height: 24, width: 24 }],
  );
  return {
    name: 'framing',
    title: 'Crops, padding and sizes',
    rows: [
      row(
        'crop',
        ['size: 48', 'padding: 12', 'at rows and columns'],
        card,
        each(
          [
            [-12, -12],
            [0, 48],
            [24, 24],
            [48, 0],
            [60, 60],
          ] as const,
          undefined,
          ([top, left]) => ({ caption: `${top}, ${left}`, operation: crop({ size: 48, padding: 12 }), draw: { top, left } }),
        ),
      ),
      row(
        'crop',
        ["place: 'centre'", 'size'],
        card,
        each([32, 48, 64, 80, 96], 96, (size) => ({ caption: `${size}`, operation: crop({ size, place: 'centre' }) })),
      ),
      row(
        'pad',
        ['padding', "border: 'constant'", 'fill: 0.5'],
        card,
        each([1, 4, 8, 12, [0, 12, 12, 0]] as const, undefined, (padding) => ({
          caption: typeof padding === 'number' ? `${padding}` : `[${padding.join(', ')}]`,
          operation: pad({ padding, fill: 0.5 }),
        })),
      ),
      row(
        'pad',
        ['padding: 12', 'with each border'],
        card,
        each(BORDERS, undefined, (border) => ({ caption: border, operation: pad({ padding: 12, border }) })),
      ),
      row(
        'resize',
        ['size', 'bilinear, antialiased'],
        card,
        each([24, 48, 72, 96, 120], 96, (size) => ({ caption: `${size}`, operation: resize({ size }) })),
      ),
      row('resize', ['a part of 24 x 24 to 96', 'sides one by one'], small, [
        { caption: 'nearest', operation: resize({ size: 96, interpolation: 'nearest' }) },
        { caption: 'bilinear', operation: resize({ size: 96 }) },
        { caption: 'bicubic', operation: resize({ size: 96, interpolation: 'bicubic' }) },
        { caption: '[48, 96]', operation: resize({ size: [48, 96] }) },
        { caption: '[96, 48]', operation: resize({ size: [96, 48] }) },
      ]),
      row(
        'resizeShorter',
        ['side', 'the other one follows'],
        wide,
        each([16, 32, 48, 64, 80], 64, (side) => ({ caption: `${side}`, operation: resizeShorter({ side }) })),
      ),
      row(
        'resizedCrop',
        ['size: 96', 'height x width of the', 'box, its row and column'],
        card,
        each([[24, 24, 8, 68], [48, 48, 0, 0], [64, 48, 32, 48], [48, 64, 12, 12], WHOLE] as const, WHOLE, ([high, wide, top, left]) => ({
          caption: `${high} x ${wide}, ${top}, ${left}`,
          operation: resizedCrop({ size: 96 }),
          draw: { top, left, height: high, width: wide },
        })),
      ),
    ],
  };
}
