/** The gradient of `winogradConv2d` by its filter, the exact transpose: dM = A dY Aᵀ, dU = Σ Vᵀ dM, dW = Gᵀ dU G. */
import { gemm } from '../gemm';
import { Geometry } from '../geometry';
import { finishFilterGradient } from './filters';
import { transformInputs } from './inputs';
import { transformGradients } from './outputs';
import { layOut } from './workspace';

/**
 * Sums dU in `scratch`. `group` tiles are taken at a time; their sum is taken from zero and added to dU, so long sums lose little.
 *
 * @param add Whether `scratch` has a sum from the call before, which was for other images.
 * @param size Side of an output tile, 4 or 2.
 */
export function winogradBackpropFilter(geometry: usize, x: usize, dy: usize, add: bool, size: i32, group: i32, scratch: usize): void {
  const g = changetype<Geometry>(geometry);
  const space = layOut(g, size, group, scratch);
  const uRow = <usize>space.outputs << 2;
  const vRow = <usize>space.inputs << 2;
  for (let first = 0; first < space.total; first += group) {
    const count = min(group, space.total - first);
    transformInputs(g, space, x, first, count);
    transformGradients(g, space, dy, first, count);
    let u = space.u;
    let v = space.v;
    let m = space.m;
    for (let plane = 0; plane < space.planes; plane++) {
      gemm(g.inChannels, space.outputs, count, v, 4, vRow, m, u, uRow, add || first > 0, space.gemm);
      u += space.uPlane;
      v += space.vPlane;
      m += space.mPlane;
    }
  }
}

/** dW, from the dU that `winogradBackpropFilter` has left in `scratch`. */
export function finishWinogradFilter(geometry: usize, dw: usize, size: i32, group: i32, scratch: usize): void {
  const g = changetype<Geometry>(geometry);
  finishFilterGradient(g, layOut(g, size, group, scratch), dw);
}
