/** A convolution with 3 x 3 filters and stride 1 as products of transformed tiles: see `lines4.ts`. */
import { gemm } from '../gemm';
import { Geometry } from '../geometry';
import { transformFilters } from './filters';
import { transformInputs } from './inputs';
import { addBias, transformOutputs } from './outputs';
import { layOut } from './workspace';

/**
 * Y = X * W + bias, `group` tiles at a time, so that what is transformed stays in the second-level cache.
 *
 * @param w The filter, or 0 where `scratch` has it transformed from the call before, which may have been for other images.
 * @param bias Address of a float for each output channel, or 0.
 * @param size Side of an output tile, 4 or 2.
 */
export function winogradConv2d(geometry: usize, x: usize, w: usize, bias: usize, y: usize, size: i32, group: i32, scratch: usize): void {
  const g = changetype<Geometry>(geometry);
  const space = layOut(g, size, group, scratch);
  const vRow = <usize>space.inputs << 2;
  const mRow = <usize>space.outputs << 2;
  addBias(g, space, bias);
  if (w != 0) transformFilters(g, space, w);
  for (let first = 0; first < space.total; first += group) {
    const count = min(group, space.total - first);
    transformInputs(g, space, x, first, count);
    const rows = (count + 3) & ~3; // the last ones are of no use, but whole tiles of the product are faster
    let u = space.u;
    let v = space.v;
    let m = space.m;
    for (let plane = 0; plane < space.planes; plane++) {
      gemm(rows, space.outputs, g.inChannels, v, vRow, 4, u, m, mRow, false, space.gemm);
      u += space.uPlane;
      v += space.vPlane;
      m += space.mPlane;
    }
    transformOutputs(g, space, y, first, count);
  }
}
