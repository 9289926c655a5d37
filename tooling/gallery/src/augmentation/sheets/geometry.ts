import { affine, elastic, flip, lensDistortion, perspective, rotate, translate, zoom } from '@downhill/augmentation';
import type { Pictures } from '../pictures.ts';
import { each, row } from '../row.ts';
import type { Sheet } from '../sheet.ts';

export const BORDERS = ['constant', 'edge', 'reflect', 'symmetric', 'wrap'] as const;
const STILL = { angle: 0, translate: [0, 0], scale: 1, shear: [0, 0] };

export function geometry({ card, photograph, seven }: Pictures): Sheet {
  const { height, width } = card;
  const [right, bottom] = [width - 1, height - 1];
  const corners = [
    [0, 0],
    [right, 0],
    [right, bottom],
    [0, bottom],
  ];
  return {
    name: 'geometry',
    title: 'Geometry',
    rows: [
      row('flip', ['horizontal', 'exchanges left and right'], card, [
        { caption: 'not drawn', operation: flip({ probability: 0 }), isSame: true },
        { caption: 'horizontal', operation: flip({ probability: 1 }) },
        { caption: 'vertical', operation: flip({ probability: 1, direction: 'vertical' }) },
        { caption: 'both', operation: [flip({ probability: 1 }), flip({ probability: 1, direction: 'vertical' })] },
        { caption: 'horizontal', operation: flip({ probability: 1 }), on: photograph },
      ]),
      row(
        'rotate',
        ['degrees', 'counter-clockwise'],
        card,
        each([-45, -15, 0, 15, 45], 0, (degrees) => ({ caption: `${degrees}`, operation: rotate({ degrees: [degrees, degrees] }) })),
      ),
      row('rotate', ['degrees', 'quarter turns are exact'], card, [
        { caption: '-90', operation: rotate({ degrees: [-90, -90] }) },
        { caption: '90', operation: rotate({ degrees: [90, 90] }) },
        { caption: '180', operation: rotate({ degrees: [180, 180] }) },
        { caption: '30, nearest', operation: rotate({ degrees: [30, 30], interpolation: 'nearest' }) },
        { caption: '30, bicubic', operation: rotate({ degrees: [30, 30], interpolation: 'bicubic' }) },
      ]),
      row(
        'rotate',
        ['30 degrees', 'with each border'],
        card,
        each(BORDERS, undefined, (border) => ({ caption: border, operation: rotate({ degrees: [30, 30], border }) })),
      ),
      row(
        'translate',
        ['x, y, as shares of', 'width and height', 'right and down'],
        card,
        each(
          [
            [-0.25, 0],
            [-0.125, -0.125],
            [0, 0.25],
            [0.125, 0.125],
            [0.25, 0],
          ] as const,
          undefined,
          ([x, y]) => ({ caption: `${x}, ${y}`, operation: translate({ x: [x, x], y: [y, y] }) }),
        ),
      ),
      row('zoom', ['height, width', 'above 0 more is seen'], card, [
        { caption: '-0.5', operation: zoom({ height: [-0.5, -0.5] }) },
        { caption: '-0.2', operation: zoom({ height: [-0.2, -0.2] }) },
        { caption: '0.5', operation: zoom({ height: [0.5, 0.5] }) },
        { caption: '0.5, 0', operation: zoom({ height: [0.5, 0.5], width: [0, 0] }) },
        { caption: '0, 0.5', operation: zoom({ height: [0, 0], width: [0.5, 0.5] }) },
      ]),
      row(
        'affine',
        ['degrees', 'clockwise'],
        card,
        each([-45, -15, 0, 15, 45], 0, (degrees) => ({ caption: `${degrees}`, operation: affine({ degrees: [degrees, degrees] }) })),
      ),
      row(
        'affine',
        ['translate, as shares of', 'width and height', 'right and down'],
        card,
        each(
          [
            [-0.25, 0],
            [-0.125, -0.125],
            [0, 0.25],
            [0.125, 0.125],
            [0.25, 0],
          ] as const,
          undefined,
          ([x, y]) => ({ caption: `${x}, ${y}`, operation: affine(), draw: { ...STILL, translate: [x * width, y * height] } }),
        ),
      ),
      row(
        'affine',
        ['scale', 'above 1 larger'],
        card,
        each([0.5, 0.8, 1, 1.25, 2], 1, (scale) => ({ caption: `${scale}`, operation: affine({ scale: [scale, scale] }) })),
      ),
      row(
        'affine',
        ['shearX in degrees', 'above 0 the top goes', 'right'],
        card,
        each([-30, -15, 0, 15, 30], 0, (shear) => ({ caption: `${shear}`, operation: affine({ shearX: [shear, shear] }) })),
      ),
      row(
        'affine',
        ['shearY in degrees', 'above 0 the left side', 'goes down'],
        card,
        each([-30, -15, 0, 15, 30], 0, (shear) => ({ caption: `${shear}`, operation: affine({ shearY: [shear, shear] }) })),
      ),
      row(
        'perspective',
        ['distortion', 'the top corners as far', 'as they may go'],
        card,
        each([0, 0.2, 0.4, 0.6, 0.8], 0, (distortion) => {
          const [x, y] = [(distortion * width) / 2, (distortion * height) / 2].map(Math.floor) as [number, number];
          const to = [[x, y], [right - x, y], ...corners.slice(2)];
          return { caption: `${distortion}`, operation: perspective({ distortion }), draw: { from: corners, to } };
        }),
      ),
      row(
        'elastic',
        ['alpha', 'sigma: 4'],
        card,
        each([0, 25, 50, 100, 150], 0, (alpha) => ({ caption: `${alpha}`, operation: elastic({ alpha, sigma: 4 }) })),
      ),
      row(
        'elastic',
        ['alpha', 'sigma: 3'],
        seven,
        each([0, 10, 20, 40, 80], 0, (alpha) => ({ caption: `${alpha}`, operation: elastic({ alpha, sigma: 3 }) })),
      ),
      row(
        'lensDistortion',
        ['distortion', 'below 0 pincushion,', 'above 0 barrel'],
        card,
        each([-0.3, -0.15, 0, 0.15, 0.3], 0, (distortion) => ({
          caption: `${distortion}`,
          operation: lensDistortion({ distortion: [distortion, distortion] }),
        })),
      ),
    ],
  };
}
