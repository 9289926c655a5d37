import { DownhillError } from '@downhill/core';
import { backend_util } from '@tensorflow/tfjs-core';
import type { WasmMemory } from './memory.ts';

/** A convolution or pooling over images with channels last, as `assembly/geometry.ts` reads it. */
export type Geometry = Pick<backend_util.Conv2DInfo, (typeof FIELDS)[number]> & {
  readonly padInfo: { readonly top: number; readonly left: number };
};

const FIELDS = [
  'batchSize',
  'inHeight',
  'inWidth',
  'inChannels',
  'outHeight',
  'outWidth',
  'outChannels',
  'filterHeight',
  'filterWidth',
  'strideHeight',
  'strideWidth',
  'dilationHeight',
  'dilationWidth',
] as const;

/** Bytes of a geometry in WASM memory. */
export const GEOMETRY_BYTES: number = (FIELDS.length + 2) * 4;

/** Bytes of scratch in which a depthwise convolution describes its windows (`assembly/window-axis.ts`). */
export const WINDOWS_BYTES: number = 128;

/** Writes a geometry to an address. */
export function writeGeometry({ memory }: Pick<WasmMemory, 'memory'>, address: number, geometry: Geometry): void {
  const words = new Int32Array(memory.buffer, address, FIELDS.length + 2);
  for (let index = 0; index < FIELDS.length; index++) words[index] = geometry[FIELDS[index] as (typeof FIELDS)[number]];
  words[FIELDS.length] = geometry.padInfo.top;
  words[FIELDS.length + 1] = geometry.padInfo.left;
}

/** Values of an image, and of what is made of it. */
export const inputValues = ({ inHeight, inWidth, inChannels }: Geometry): number => inHeight * inWidth * inChannels;
export const outputValues = ({ outHeight, outWidth, outChannels }: Geometry): number => outHeight * outWidth * outChannels;

/** Input values under one output pixel. */
export const patchSize = ({ filterHeight, filterWidth, inChannels }: Geometry): number => filterHeight * filterWidth * inChannels;

/** What tfjs's convolution kernels are called with; the gradients leave `dilations` out. */
export interface ConvolutionAttributes {
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  readonly dilations?: [number, number] | number | null;
  readonly dataFormat?: 'NHWC' | 'NCHW';
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/**
 * The geometry of a convolution from what tfjs's kernels get.
 *
 * @throws DownhillError `unsupported` for channels-first data.
 */
export function convolutionGeometry(
  kernelName: string,
  inShape: readonly number[],
  filterShape: readonly number[],
  { strides, pad, dilations, dataFormat = 'NHWC', dimRoundingMode }: ConvolutionAttributes,
  depthwise = false,
): backend_util.Conv2DInfo {
  if (dataFormat !== 'NHWC') throw channelsFirst(kernelName, dataFormat);
  return backend_util.computeConv2DInfo(fourD(inShape), fourD(filterShape), strides, dilations ?? 1, pad, dimRoundingMode, depthwise);
}

/**
 * Whether tfjs 4.22 convolves or pools wrongly on wasm (see `src/stock.test.ts`):
 *
 * - Padding given as one number where filter, strides or dilations differ in height and width: tfjs-core takes the output's width
 *   from the filter's height, and the kernel, which does not, writes past its output.
 * - Padding 'same' where a stride is longer than the filter: the kernel computes a negative padding, and the result is zero.
 */
export function isWrongInTfjs([height = 1, width = 1]: readonly number[], { pad, strides, dilations }: ConvolutionAttributes): boolean {
  const [strideHeight, strideWidth] = pair(strides);
  const [dilationHeight, dilationWidth] = pair(dilations ?? 1);
  if (typeof pad === 'number') return height !== width || strideHeight !== strideWidth || dilationHeight !== dilationWidth;
  return pad === 'same' && (strideHeight > height || strideWidth > width);
}

/** Height and width of what tfjs takes as one number or two. */
export const pair = (value: [number, number] | number): readonly [number, number] => (typeof value === 'number' ? [value, value] : value);

/** What tfjs's pooling gradients are called with. */
export interface PoolAttributes extends Pick<ConvolutionAttributes, 'strides' | 'pad' | 'dimRoundingMode'> {
  readonly filterSize: [number, number] | number;
}

/** The geometry of a two-dimensional pooling from what tfjs's kernels get. */
export function poolGeometry(
  inShape: readonly number[],
  { filterSize, strides, pad, dimRoundingMode }: PoolAttributes,
): backend_util.Conv2DInfo {
  return backend_util.computePool2DInfo(fourD(inShape), filterSize, strides, 1, pad, dimRoundingMode);
}

function fourD([a = 1, b = 1, c = 1, d = 1]: readonly number[]): [number, number, number, number] {
  return [a, b, c, d];
}

function channelsFirst(kernelName: string, dataFormat: string): DownhillError {
  return new DownhillError({
    code: 'unsupported',
    source: kernelName,
    problem: `\`dataFormat\` must be 'NHWC' on the wasm backend, got '${dataFormat}'`,
    advice: "Use dataFormat: 'NHWC' (in layers, 'channelsLast') and transpose the images to [batch, height, width, channels].",
  });
}
