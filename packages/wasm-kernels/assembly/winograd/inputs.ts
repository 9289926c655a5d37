/** Input tiles and their transforms. */
import { Geometry } from '../geometry';
import { isInside, readTile } from './tiles';
import { transformInput } from './transforms';
import { Workspace } from './workspace';

/** V for `count` tiles: planes with a row for each tile, its channels side by side. */
export function transformInputs(g: Geometry, space: Workspace, x: usize, first: i32, count: i32): void {
  const size = space.size;
  const side = space.side;
  const vectors = space.inputs >> 2;
  const pixel = <usize>space.inputs << 2;
  const imageBytes = <usize>(g.inHeight * g.inWidth * g.inChannels) << 2;
  const isWhole = space.inputs == g.inChannels;
  let v = space.v;
  for (let i = first; i < first + count; i++) {
    const image = x + <usize>(i / (space.high * space.wide)) * imageBytes;
    const top = ((i / space.wide) % space.high) * size - g.padTop;
    const left = (i % space.wide) * size - g.padLeft;
    if (isWhole && isInside(top, left, side, g.inHeight, g.inWidth)) {
      const from = image + <usize>(top * g.inWidth + left) * pixel;
      transformInput(size, vectors, from, pixel * g.inWidth, pixel, space.rest, v, space.vPlane);
    } else {
      readTile(image, g.inHeight, g.inWidth, g.inChannels, top, left, side, space.inputs, space.tile);
      transformInput(size, vectors, space.tile, pixel * side, pixel, space.rest, v, space.vPlane);
    }
    v += pixel;
  }
}
