import type { TensorInfo } from '@tensorflow/tfjs-core';
import { inputValues, outputValues, type Geometry } from '../geometry.ts';
import type { Computation, HeldData, PartwiseComputation } from '../held-data.ts';
import type { Runtime } from '../runtime.ts';
import { readParts, type Part } from './parts.ts';

/** Convolves images, or a gradient of them, from two addresses, or from one to another. */
type Pass = (from: number, to: number, images: number) => void;

/** A kind of convolution: its passes over whole images, a few at a time. Each function sets up what `use` needs and takes it down again. */
export interface Convolution {
  /** @param bias An address, or 0. @param use Gets a pass from x to y. */
  forward(runtime: Runtime, geometry: Geometry, filter: number, bias: number, use: (pass: Pass) => void): void;
  /** @param use Gets a pass from dy to dx. */
  inputGradient(runtime: Runtime, geometry: Geometry, filter: number, use: (pass: Pass) => void): void;
  /** @param use Gets a pass over x and dy, which adds to a sum that is there when `use` returns. */
  filterGradient(runtime: Runtime, geometry: Geometry, dw: number, use: (pass: Pass) => void): void;
}

/** Values of input or output that are worked on at a time: a quarter of a megabyte, which stays in the second-level cache. */
const VALUES = 2 ** 16;

/** An input that takes more tensors than this to work out is stored: each of the passes would read them all. */
const MOST_INPUT_TENSORS = 1;

const filterOf = ({ filterHeight, filterWidth, inChannels, outChannels }: Geometry): number =>
  filterHeight * filterWidth * inChannels * outChannels;

/** Images that are worked on at a time: by shape alone, since sums are taken in this order. */
const imagesAtATime = (geometry: Geometry): number =>
  Math.max(1, Math.floor(VALUES / Math.max(inputValues(geometry), outputValues(geometry))));

function forImages(geometry: Geometry, use: (first: number, count: number) => void): void {
  const most = imagesAtATime(geometry);
  for (let first = 0; first < geometry.batchSize; first += most) use(first, Math.min(most, geometry.batchSize - first));
}

const readInput = (runtime: Runtime, geometry: Geometry, x: HeldData, use: (part: Part) => void): void =>
  readImages(runtime, geometry, x, inputValues(geometry), MOST_INPUT_TENSORS, use);

const readGradient = (runtime: Runtime, geometry: Geometry, dy: HeldData, use: (part: Part) => void): void =>
  readImages(runtime, geometry, dy, outputValues(geometry), Infinity, use);

function readImages(
  runtime: Runtime,
  geometry: Geometry,
  data: HeldData,
  image: number,
  mostTensors: number,
  use: (part: Part) => void,
): void {
  const largest = Math.min(imagesAtATime(geometry), geometry.batchSize) * image;
  readParts(runtime, data, { image, largest, mostTensors }, (part) => use((first, count) => part(first * image, (first + count) * image)));
}

/** What a convolution is made of. */
interface ConvolutionData {
  readonly x: HeldData;
  readonly filter: HeldData;
  readonly bias: HeldData | undefined;
}

/** A convolution, worked out a few images at a time. */
class ConvolvedImages implements PartwiseComputation {
  readonly part: number;
  private readonly runtime: Runtime;
  private readonly kind: Convolution;
  private readonly geometry: Geometry;
  private readonly data: ConvolutionData;

  /** Takes over the hold on the data. */
  constructor(runtime: Runtime, kind: Convolution, geometry: Geometry, data: ConvolutionData) {
    this.part = imagesAtATime(geometry) * outputValues(geometry);
    this.runtime = runtime;
    this.kind = kind;
    this.geometry = geometry;
    this.data = data;
  }

  compute(address: number): void {
    this.computeParts(address, () => {});
  }

  computeParts(address: number, onPart: (begin: number, end: number) => void): void {
    const { runtime, kind, geometry, data } = this;
    const image = outputValues(geometry);
    readInput(runtime, geometry, data.x, (part) => {
      kind.forward(runtime, geometry, data.filter.address(), data.bias?.address() ?? 0, (pass) => {
        forImages(geometry, (first, count) => {
          pass(part(first, count), address + first * image * 4, count);
          onPart(first * image, (first + count) * image);
        });
      });
    });
  }

  release(): void {
    const { x, filter, bias } = this.data;
    for (const each of [x, filter, bias]) each?.release();
  }
}

/** The convolution of x with a filter, and a bias with a value for each output channel, when somebody looks. */
export function deferConvolution(
  runtime: Runtime,
  kind: Convolution,
  geometry: Geometry,
  shape: readonly number[],
  { x, filter, bias }: { readonly x: TensorInfo; readonly filter: TensorInfo; readonly bias?: TensorInfo | undefined },
): TensorInfo {
  const { memory } = runtime;
  const data = { x: memory.hold(x.dataId), filter: memory.hold(filter.dataId), bias: bias && memory.hold(bias.dataId) };
  return memory.deferred(shape, new ConvolvedImages(runtime, kind, geometry, data));
}

/** Gradients by input that may still be to be worked out, by the gradient that they are made of: the latest. */
const inputGradients = new WeakMap<HeldData, InputGradient>();

/** The gradient of a convolution by its input. When it is worked out, that by the filter is too, if it was asked for: they share dy. */
export class InputGradient implements PartwiseComputation {
  readonly part: number;
  /** The gradient by the filter of the same convolution. */
  partner: HeldData | undefined;
  private readonly runtime: Runtime;
  private readonly kind: Convolution;
  private readonly geometry: Geometry;
  private readonly dy: HeldData;
  private readonly filter: HeldData;

  /** Takes over the hold on the data. */
  constructor(runtime: Runtime, kind: Convolution, geometry: Geometry, dy: HeldData, filter: HeldData) {
    this.part = imagesAtATime(geometry) * inputValues(geometry);
    this.runtime = runtime;
    this.kind = kind;
    this.geometry = geometry;
    this.dy = dy;
    this.filter = filter;
    inputGradients.set(dy, this);
  }

  compute(address: number): void {
    this.computeParts(address, () => {});
  }

  computeParts(address: number, onPart: (begin: number, end: number) => void): void {
    const { runtime, kind, geometry, dy, filter, partner } = this;
    const image = inputValues(geometry);
    const other = partner?.computation;
    kind.inputGradient(runtime, geometry, filter.address(), (pass) => {
      const alsoPass: Pass = (from, first, count) => {
        pass(from, address + first * image * 4, count);
        onPart(first * image, (first + count) * image);
      };
      if (other instanceof FilterGradient) partner?.address((dw) => other.computeBeside(dw, alsoPass));
      else readGradient(runtime, geometry, dy, (part) => forImages(geometry, (first, count) => alsoPass(part(first, count), first, count)));
    });
  }

  release(): void {
    if (inputGradients.get(this.dy) === this) inputGradients.delete(this.dy);
    this.dy.release();
    this.filter.release();
  }
}

/** The gradient of a convolution by its filter. */
class FilterGradient implements Computation {
  private readonly runtime: Runtime;
  private readonly kind: Convolution;
  private readonly geometry: Geometry;
  private readonly x: HeldData;
  private readonly dy: HeldData;

  /** Takes over the hold on the data. */
  constructor(runtime: Runtime, kind: Convolution, geometry: Geometry, x: HeldData, dy: HeldData) {
    this.runtime = runtime;
    this.kind = kind;
    this.geometry = geometry;
    this.x = x;
    this.dy = dy;
  }

  compute(address: number): void {
    this.computeBeside(address, () => {});
  }

  /** @param alsoPass Gets the address of dy for some images, the first of them and their count. */
  computeBeside(address: number, alsoPass: Pass): void {
    const { runtime, kind, geometry, x, dy } = this;
    if (geometry.batchSize === 0) new Float32Array(runtime.memory.memory.buffer, address, filterOf(geometry)).fill(0);
    readInput(runtime, geometry, x, (xPart) => {
      readGradient(runtime, geometry, dy, (dyPart) => {
        kind.filterGradient(runtime, geometry, address, (pass) => {
          forImages(geometry, (first, count) => {
            const dyAt = dyPart(first, count);
            pass(xPart(first, count), dyAt, count);
            alsoPass(dyAt, first, count);
          });
        });
      });
    });
  }

  release(): void {
    this.x.release();
    this.dy.release();
  }
}

/** The gradient of a convolution by its filter; where the latest gradient by an input is made of the same dy, they are worked out together. */
export function deferFilterGradient(
  runtime: Runtime,
  kind: Convolution,
  geometry: Geometry,
  shape: readonly number[],
  x: TensorInfo,
  dy: TensorInfo,
): TensorInfo {
  const { memory } = runtime;
  const gradient = memory.hold(dy.dataId);
  const out = memory.deferred(shape, new FilterGradient(runtime, kind, geometry, memory.hold(x.dataId), gradient));
  const inputGradient = inputGradients.get(gradient);
  if (inputGradient !== undefined) inputGradient.partner = memory.known(out.dataId);
  return out;
}
