import type { Effect, GeometryEffect, ImageSize, Matrix3 } from '@downhill/core';

/** What is wrong with an effect on an image, in words; undefined for one that can be applied. */
export function effectFault(effect: Effect, image: ImageSize): string | undefined {
  switch (effect.kind) {
    case 'geometry':
      return geometryFault(effect, image);
    case 'colour': {
      const count = image.channels * (image.channels + 1);
      return effect.matrix.length === count ? undefined : `a colour matrix has ${count} numbers here, got ${effect.matrix.length}`;
    }
    case 'pointwise': {
      const count = image.height * image.width * image.channels;
      if (effect.name === 'noise' && effect.values.length !== count) return `noise has ${count} values here, got ${effect.values.length}`;
      if (effect.name === 'hue' && image.channels !== 3) return `a hue needs 3 channels, got ${image.channels}`;
      return undefined;
    }
    case 'erase': {
      const { top, left, height, width, value } = effect;
      if (![top, left, height, width].every(Number.isInteger) || height < 0 || width < 0)
        return `a box has whole numbers, got ${height} x ${width} at (${top}, ${left})`;
      const counts = value instanceof Float32Array ? [height * width * image.channels] : [1, image.channels];
      return counts.includes(value.length) ? undefined : `a box takes ${counts.join(' or ')} values here, got ${value.length}`;
    }
    case 'neighbourhood':
      return effect.name === 'antialiasedResize' ? sizeFault(effect) : undefined;
    case 'mixture':
      for (const { effects } of effect.chains)
        for (const each of effects) {
          const after = sizeAfter(image, each);
          if (after.height !== image.height || after.width !== image.width) return 'a chain of a mixture keeps the image’s size';
          const fault = effectFault(each, image);
          if (fault !== undefined) return fault;
        }
      return undefined;
    default:
      return `its kind must be geometry, colour, pointwise, erase, neighbourhood or mixture, got ${JSON.stringify((effect as { kind: unknown }).kind)}`;
  }
}

export const sizeAfter = (image: ImageSize, effect: Effect): ImageSize =>
  effect.kind === 'geometry' || (effect.kind === 'neighbourhood' && effect.name === 'antialiasedResize')
    ? { ...image, height: effect.height, width: effect.width }
    : image;

/** Numbers anywhere in an effect that are not finite. */
export function notFinite(value: unknown, path = 'effect'): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `\`${path}\` is ${value}`;
  if (typeof value !== 'object' || value === null) return undefined;
  const entries: Iterable<readonly [string | number, unknown]> =
    ArrayBuffer.isView(value) || Array.isArray(value) ? (value as ArrayLike<unknown> & unknown[]).entries() : Object.entries(value);
  for (const [key, item] of entries) {
    const found = notFinite(item, typeof key === 'number' ? `${path}[${key}]` : `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

const sizeFault = ({ height, width }: { readonly height: number; readonly width: number }): string | undefined =>
  [height, width].every((side) => Number.isInteger(side) && side > 0)
    ? undefined
    : `its result must have whole sides, got ${height} x ${width}`;

function geometryFault(effect: GeometryEffect, image: ImageSize): string | undefined {
  const { matrix, points = matrix, displacement, height, width, fill } = effect;
  const fault = sizeFault(effect);
  if (fault !== undefined) return fault;
  for (const [name, each] of Object.entries({ matrix, points }))
    if (each.length !== 9 || determinant(each) === 0)
      return `\`${name}\` must be nine numbers that can be inverted, got [${each.join(', ')}]`;
  if (displacement !== undefined && displacement.length !== 2 * height * width)
    return `a displacement has ${2 * height * width} numbers here, got ${displacement.length}`;
  if (fill !== undefined && fill.length !== 1 && fill.length !== image.channels)
    return `a fill has one number or ${image.channels}, got ${fill.length}`;
  for (const [x, y] of [
    [0.5, 0.5],
    [width / 2, height / 3],
    [width / 3, height - 0.5],
  ] as const) {
    const [shown, said, beside] = [at(matrix, x, y), at(points, x, y), at(matrix, x + 1, y + 1)];
    const pixel = Math.hypot(beside[0] - shown[0], beside[1] - shown[1]) / Math.SQRT2;
    const off = Math.hypot(said[0] - shown[0], said[1] - shown[1]) / pixel;
    // The nearest neighbours of PyTorch lie half a pixel beside.
    if (off > 0.75)
      return `at (${x}, ${y}) \`points\` is ${off.toPrecision(3)} pixels away from where \`matrix\` takes the pixel: labels would not follow`;
  }
  return undefined;
}

function at(m: Matrix3, x: number, y: number): readonly [number, number] {
  const w = m[6] * x + m[7] * y + m[8];
  return [(m[0] * x + m[1] * y + m[2]) / w, (m[3] * x + m[4] * y + m[5]) / w];
}

const determinant = (m: Matrix3): number =>
  m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) + m[2] * (m[3] * m[7] - m[4] * m[6]);
