import type { Convolution } from '../fusion/convolution.ts';
import { GEOMETRY_BYTES, WINDOWS_BYTES, writeGeometry } from '../geometry.ts';

/** Each channel by filters of its own; without a bias. */
export const depthwiseConvolution: Convolution = {
  forward({ memory, native, scratch }, geometry, filter, _bias, use) {
    scratch.with([GEOMETRY_BYTES, WINDOWS_BYTES], ([at, windows]) => {
      use((x, y, images) => {
        writeGeometry(memory, at, { ...geometry, batchSize: images });
        native.depthwiseConv2d(at, x, filter, y, windows);
      });
    });
  },
  inputGradient({ memory, native, scratch }, geometry, filter, use) {
    scratch.with([GEOMETRY_BYTES, WINDOWS_BYTES], ([at, windows]) => {
      use((dy, dx, images) => {
        writeGeometry(memory, at, { ...geometry, batchSize: images });
        native.depthwiseBackpropInput(at, dy, filter, dx, windows);
      });
    });
  },
  filterGradient({ memory, native, scratch }, geometry, dw, use) {
    scratch.with([GEOMETRY_BYTES], ([at]) => {
      let add = 0;
      use((x, dy, images) => {
        writeGeometry(memory, at, { ...geometry, batchSize: images });
        native.depthwiseBackpropFilter(at, x, dy, dw, add);
        add = 1;
      });
    });
  },
};
