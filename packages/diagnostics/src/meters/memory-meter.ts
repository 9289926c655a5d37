import { heapBytes } from '@downhill/tfjs';
import { memory } from '@tensorflow/tfjs-core';
import { meter, scalar, type Meter } from './meter.ts';

/**
 * What the run holds: `tensors`, `tensor bytes`, and on wasm `heap bytes`, the size of the WASM memory, which never shrinks. It is read with the
 * step's own tensors still there. A count that rises from step to step is a leak. Cost: no pass.
 *
 * @example
 * const held = memoryMeter();
 * held.name; // 'memory'
 */
export function memoryMeter(): Meter {
  return meter({
    name: 'memory',
    begin: () => ({
      afterStep() {
        const { numTensors, numBytes } = memory();
        const heap = heapBytes();
        return [
          scalar('tensors', numTensors),
          scalar('tensor bytes', numBytes),
          ...(heap === undefined ? [] : [scalar('heap bytes', heap)]),
        ];
      },
    }),
  });
}
