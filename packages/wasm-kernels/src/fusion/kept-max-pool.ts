import { engine, util, type TensorInfo } from '@tensorflow/tfjs-core';
import { GEOMETRY_BYTES, writeGeometry, type Geometry } from '../geometry.ts';
import type { Computation, HeldData } from '../memory.ts';
import type { Runtime } from '../runtime.ts';
import { evaluateParts } from './evaluate.ts';
import { Expression, type Operand } from './expression.ts';

/** Channels that the native kernel takes at a time. */
const FEWEST_CHANNELS = 16;

/** A max pooling whose gradient is to come. */
export interface KeptMaxPool {
  readonly geometry: Geometry;
  readonly input: HeldData;
  readonly output: HeldData;
  /** A byte for each output: which of its window's four values is the largest. */
  readonly places: HeldData;
  /** Whether every window has a largest value: else some gradient goes nowhere. */
  readonly isComplete: boolean;
}

const kept = new WeakMap<HeldData, KeptMaxPool>();

/** What was kept of the pooling that made an output. */
export const keptOf = (output: HeldData | undefined): KeptMaxPool | undefined => output && kept.get(output);

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

/** Pools, and keeps where the largest values were. What is pooled is worked out image by image if it is not there yet, and not stored. */
export function poolKeeping(runtime: Runtime, geometry: Geometry, x: TensorInfo, y: TensorInfo): void {
  const { memory } = runtime;
  const [input, output] = [memory.hold(x.dataId), memory.hold(y.dataId)];
  const places = memory.unnamed(Math.ceil(util.sizeFromShape(y.shape) / 4), { compute() {}, release() {} });
  const { computation } = input;
  const isComplete =
    computation instanceof Expression && computation.layout.groups === 1
      ? poolImages(runtime, geometry, computation, output.address(), places.address())
      : pool(runtime, geometry, input.address(), output.address(), places.address());
  kept.set(output, { geometry, input, output, places, isComplete });
  output.attach(() => places.release());
  input.release();
  output.release();
}

function pool({ memory, native, scratch }: Runtime, geometry: Geometry, x: number, y: number, places: number): boolean {
  let isComplete = false;
  scratch.with([GEOMETRY_BYTES], ([at]) => {
    writeGeometry(memory, at, geometry);
    isComplete = native.maxPoolKeeping(at, x, y, places) !== 0;
  });
  return isComplete;
}

/** The image that is pooled is all there ever is of the input. */
function poolImages(runtime: Runtime, geometry: Geometry, expression: Expression, y: number, places: number): boolean {
  const { memory, native, scratch } = runtime;
  const { inHeight, inWidth, inChannels, outHeight, outWidth, batchSize } = geometry;
  const [inValues, outValues] = [inHeight * inWidth * inChannels, outHeight * outWidth * inChannels];
  let isComplete = true;
  scratch.with([GEOMETRY_BYTES, inValues * 4], ([at, image]) => {
    writeGeometry(memory, at, { ...geometry, batchSize: 1 });
    evaluateParts(runtime, expression.layout, [{ expression, address: image, onlyPart: true }], (evaluatePart) => {
      for (let index = 0; index < batchSize; index++) {
        evaluatePart([index * inValues, (index + 1) * inValues]);
        const hasPlaces = native.maxPoolKeeping(at, image, y + index * outValues * 4, places + index * outValues);
        isComplete &&= hasPlaces !== 0;
      }
    });
  });
  return isComplete;
}

/** The gradient of a kept max pooling, not spread over the windows yet. */
export class MaxPoolGradient implements Computation {
  readonly pool: KeptMaxPool;
  /** Of the outputs. */
  readonly gradient: Operand;
  private readonly runtime: Runtime;

  /** Takes over the hold on the gradient's data. */
  constructor(runtime: Runtime, pool: KeptMaxPool, gradient: Operand) {
    this.runtime = runtime;
    this.pool = pool;
    this.gradient = gradient;
    pool.output.hold();
    pool.places.hold();
  }

  compute(address: number): void {
    const { memory, native, scratch } = this.runtime;
    const dy = this.gradient.data.address();
    scratch.with([GEOMETRY_BYTES], ([at]) => {
      writeGeometry(memory, at, this.pool.geometry);
      native.spreadToPlaces(at, this.pool.places.address(), dy, address);
    });
  }

  release(): void {
    this.gradient.data.release();
    this.pool.places.release();
    this.pool.output.release();
  }

  /** The same where a relu that made the pooling's input lets it pass: the input at a window's place is its output. */
  whereOutputIsPositive(): MaxPoolGradient {
    const { output, geometry } = this.pool;
    const size = geometry.batchSize * geometry.outHeight * geometry.outWidth * geometry.inChannels;
    const operands = [{ data: this.gradient.data.hold() }, { data: output.hold() }];
    const masked = new Expression(this.runtime, 'wherePositive', size, operands);
    return new MaxPoolGradient(this.runtime, this.pool, { data: this.runtime.memory.unnamed(size, masked) });
  }
}
