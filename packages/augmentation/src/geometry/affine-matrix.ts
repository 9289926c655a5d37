import type { Matrix3 } from '@downhill/core';
import { about, cosineAndSine, product, translation } from './matrix.ts';

/** An affine map's numbers: degrees, clockwise; pixels; a factor; degrees. */
export interface AffineDraw {
  readonly angle: number;
  readonly translate: readonly [x: number, y: number];
  readonly scale: number;
  readonly shear: readonly [x: number, y: number];
  readonly [key: string]: number | readonly number[];
}

/** Where points go: torchvision's T C R(angle) S(scale) Shear C⁻¹, whose shear along y comes before the one along x. */
export function affineMatrix(
  { angle, translate, scale, shear }: AffineDraw,
  { height, width }: { readonly height: number; readonly width: number },
  [centreX, centreY]: readonly [number, number] = [width / 2, height / 2],
): Matrix3 {
  const [cosX, sinX] = cosineAndSine(shear[0]);
  const [cosY, sinY] = cosineAndSine(shear[1]);
  const [cosAngle, sinAngle] = cosineAndSine(angle);
  const cosDifference = cosAngle * cosY + sinAngle * sinY; // of angle - shear y
  const sinDifference = sinAngle * cosY - cosAngle * sinY;
  const tangent = sinX / cosX;
  const a = cosDifference / cosY;
  const b = -(cosDifference * tangent) / cosY - sinAngle;
  const c = sinDifference / cosY;
  const d = -(sinDifference * tangent) / cosY + cosAngle;
  const linear: Matrix3 = [a * scale, b * scale, 0, c * scale, d * scale, 0, 0, 0, 1];
  return product(translation(...translate), about(centreX, centreY, linear));
}
