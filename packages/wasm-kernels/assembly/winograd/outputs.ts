/** Output tiles, their gradients and transforms. */
import { Geometry } from '../geometry';
import { copyFloats, fillFloats } from '../vectors';
import { isInside, readTile, writeTile } from './tiles';
import { transformGradient, transformOutput } from './transforms';
import { Workspace } from './workspace';

/** Has `transformOutputs` add a bias; 0 is none. */
export function addBias(g: Geometry, space: Workspace, bias: usize): void {
  fillFloats(space.bias, 0, space.outputs);
  if (bias != 0) copyFloats(bias, space.bias, g.outChannels);
}

/** Y for `count` tiles of M: planes with a row for each tile. */
export function transformOutputs(g: Geometry, space: Workspace, y: usize, first: i32, count: i32): void {
  const size = space.size;
  const padded = (g.outChannels + 3) & ~3;
  const pixel = <usize>padded << 2;
  const imageBytes = <usize>(g.outHeight * g.outWidth * g.outChannels) << 2;
  const isWhole = padded == g.outChannels;
  let m = space.m;
  for (let i = first; i < first + count; i++) {
    const image = y + <usize>(i / (space.high * space.wide)) * imageBytes;
    const top = ((i / space.wide) % space.high) * size;
    const left = (i % space.wide) * size;
    if (isWhole && isInside(top, left, size, g.outHeight, g.outWidth)) {
      const to = image + <usize>(top * g.outWidth + left) * pixel;
      transformOutput(size, padded >> 2, m, space.mPlane, space.rest, space.bias, to, pixel * g.outWidth, pixel);
    } else {
      transformOutput(size, padded >> 2, m, space.mPlane, space.rest, space.bias, space.tile, pixel * size, pixel);
      writeTile(space.tile, size, padded, image, g.outHeight, g.outWidth, g.outChannels, top, left);
    }
    m += <usize>space.outputs << 2;
  }
}

/** dM for `count` tiles of dY: planes of panels, in which each 8 channels have a row of 8 for each tile. */
export function transformGradients(g: Geometry, space: Workspace, dy: usize, first: i32, count: i32): void {
  const size = space.size;
  const pixel = <usize>space.outputs << 2;
  const panelBytes = <usize>count << 5;
  const imageBytes = <usize>(g.outHeight * g.outWidth * g.outChannels) << 2;
  const isWhole = space.outputs == g.outChannels;
  let m = space.m;
  for (let i = first; i < first + count; i++) {
    const image = dy + <usize>(i / (space.high * space.wide)) * imageBytes;
    const top = ((i / space.wide) % space.high) * size;
    const left = (i % space.wide) * size;
    let from = space.tile;
    let row = pixel * size;
    if (isWhole && isInside(top, left, size, g.outHeight, g.outWidth)) {
      from = image + <usize>(top * g.outWidth + left) * pixel;
      row = pixel * g.outWidth;
    } else {
      readTile(image, g.outHeight, g.outWidth, g.outChannels, top, left, size, space.outputs, space.tile);
    }
    let to = m;
    for (let channel = 0; channel < space.outputs; channel += 8) {
      transformGradient(size, from, row, pixel, space.rest, to, space.mPlane);
      transformGradient(size, from + 16, row, pixel, space.rest, to + 16, space.mPlane);
      from += 32;
      to += panelBytes;
    }
    m += 32;
  }
}
