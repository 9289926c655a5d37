import { engine, type TensorInfo } from '@tensorflow/tfjs-core';
import { GEOMETRY_BYTES, inputValues, outputValues, writeGeometry, type Geometry } from '../geometry.ts';
import type { HeldData } from '../held-data.ts';
import { holding } from '../result.ts';
import type { Runtime } from '../runtime.ts';
import { keep } from './kept-max-pool.ts';
import { readParts } from './parts.ts';

/** Channels that the native kernel takes at a time. */
const FEWEST_CHANNELS = 16;

/** More than this are read at once and the result stored: its gradient may need it again. */
const MOST_TENSORS = 2;

/** Whether there will be a gradient, and the windows are those that the kernel can do: 2 x 2, side by side, none in the padding. */
export function isWorthKeeping({
  filterHeight,
  filterWidth,
  strideHeight,
  strideWidth,
  padInfo,
  inHeight,
  inWidth,
  inChannels,
  outHeight,
  outWidth,
}: Geometry): boolean {
  const isTwoByTwo = [filterHeight, filterWidth, strideHeight, strideWidth].every((length) => length === 2);
  const isInside = padInfo.top === 0 && padInfo.left === 0 && outHeight * 2 <= inHeight && outWidth * 2 <= inWidth;
  return engine().state.gradientDepth > 0 && isTwoByTwo && isInside && inChannels >= FEWEST_CHANNELS;
}

/** Pools, and keeps where the largest values were. What is pooled is read image by image, there or not. */
export function poolKeeping(runtime: Runtime, geometry: Geometry, x: TensorInfo, y: TensorInfo): void {
  holding(runtime, [x, y], ([input, output]) => {
    const places = runtime.memory.block((geometry.batchSize * outputValues(geometry)) / 4 + 1);
    output.attach(() => places.release());
    const isComplete = poolInto(runtime, geometry, input, output.address(), places.address());
    keep({ geometry, input, output, places, isComplete });
  });
}

/** @returns Whether every window has a place. */
function poolInto(runtime: Runtime, geometry: Geometry, input: HeldData, y: number, places: number): boolean {
  const { memory, native, scratch } = runtime;
  const { batchSize } = geometry;
  const [inValues, outValues] = [inputValues(geometry), outputValues(geometry)];
  let isComplete = true;
  readParts(runtime, input, { image: inValues, largest: inValues, mostTensors: MOST_TENSORS }, (part) => {
    scratch.with([GEOMETRY_BYTES], ([at]) => {
      writeGeometry(memory, at, { ...geometry, batchSize: 1 });
      for (let index = 0; index < batchSize; index++) {
        const image = part(index * inValues, (index + 1) * inValues);
        const hasPlaces = native.maxPoolKeeping(at, image, y + index * outValues * 4, places + index * outValues);
        isComplete &&= hasPlaces !== 0;
      }
    });
  });
  return isComplete;
}
