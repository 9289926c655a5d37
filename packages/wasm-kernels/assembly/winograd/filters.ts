/** Filters, their gradients and transforms. */
import { Geometry } from '../geometry';
import { copyFloats, fillFloats } from '../vectors';
import { transformFilter, transformFilterGradient } from './transforms';
import { Workspace } from './workspace';

/** U: planes of panels, in which each 8 output channels have a row of 8 for each input channel. */
export function transformFilters(g: Geometry, space: Workspace, w: usize): void {
  const rowBytes = <usize>g.outChannels << 2;
  const tapBytes = rowBytes * g.inChannels;
  for (let output = 0; output < space.outputs; output += 4) {
    const channels = max(0, min(4, g.outChannels - output));
    let from = w + (<usize>output << 2);
    let u = space.u + <usize>(output >> 3) * (<usize>g.inChannels << 5) + (<usize>(output & 4) << 2);
    for (let input = 0; input < g.inChannels; input++) {
      if (channels == 4) {
        transformFilter(space.size, from, tapBytes, space.rest, u, space.uPlane);
      } else {
        for (let tap: usize = 0; tap < 9; tap++) {
          fillFloats(space.tile + (tap << 4), 0, 4);
          copyFloats(from + tap * tapBytes, space.tile + (tap << 4), channels);
        }
        transformFilter(space.size, space.tile, 16, space.rest, u, space.uPlane);
      }
      from += rowBytes;
      u += 32;
    }
  }
}

/** dW from dU: planes with a row for each input channel. */
export function finishFilterGradient(g: Geometry, space: Workspace, dw: usize): void {
  const rowBytes = <usize>g.outChannels << 2;
  const tapBytes = rowBytes * g.inChannels;
  for (let input: usize = 0; input < <usize>g.inChannels; input++) {
    for (let output = 0; output < g.outChannels; output += 4) {
      const u = space.u + (input * space.outputs + output) * 4;
      const to = dw + input * rowBytes + (<usize>output << 2);
      const channels = min(4, g.outChannels - output);
      if (channels == 4) {
        transformFilterGradient(space.size, u, space.uPlane, space.rest, to, tapBytes);
      } else {
        transformFilterGradient(space.size, u, space.uPlane, space.rest, space.tile, 16);
        for (let tap: usize = 0; tap < 9; tap++) copyFloats(space.tile + (tap << 4), to + tap * tapBytes, channels);
      }
    }
  }
}

/**
 * The filter that makes the gradient of a convolution by its input a convolution of the output's gradient: turned by half a turn,
 * its channels exchanged.
 */
export function turnFilter(taps: i32, inChannels: i32, outChannels: i32, w: usize, out: usize): void {
  const size = inChannels * outChannels;
  for (let tap = taps - 1; tap >= 0; tap--) {
    for (let output = 0; output < outChannels; output++) {
      let from = w + (<usize>(tap * size + output) << 2);
      for (let input = 0; input < inChannels; input++) {
        store<f32>(out, load<f32>(from));
        from += <usize>outChannels << 2;
        out += 4;
      }
    }
  }
}
