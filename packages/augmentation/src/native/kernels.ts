import type { Border, Interpolation } from '@downhill/core';
import { MODULE } from '../generated/kernels.ts';
import type { Image } from '../passes/image.ts';
import { portableKernels, type Kernels } from '../passes/kernels.ts';
import type { ResamplePass } from '../passes/pass.ts';

/** What `assembly/` exports. Addresses are in bytes. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly resample: (job: number) => void;
  readonly applyColour: (data: number, pixels: number, matrix: number, clamp: number, room: number) => void;
  readonly stretchAroundMean: (data: number, pixels: number, factor: number, room: number) => void;
  readonly turnHue: (data: number, pixels: number, shift: number, room: number) => void;
}

const INTERPOLATIONS: Readonly<Record<Interpolation, number>> = { nearest: 0, bilinear: 1, bicubic: 2 };
const BORDERS: Readonly<Record<Border, number>> = { constant: 0, edge: 1, reflect: 2, symmetric: 3, wrap: 4 };

/** Bytes of a job (see `assembly/resample.ts`), and of what it points to but images. */
const JOB_BYTES = 144;
const WEIGHT_BYTES = 64;
const PAGE = 2 ** 16;

/** Where jobs are written: the module has no data of its own in its memory. */
const start = 16;
/** And room for four pixels. */
const spare = start + 2 ** 12;

/** The kernels in WebAssembly, with the bits of the portable ones; undefined where it may not be compiled. */
export function nativeKernels(): Kernels | undefined {
  try {
    const bytes = Uint8Array.from(atob(MODULE), (character) => character.charCodeAt(0));
    const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes));
    return kernelsOf(instance.exports as unknown as Exports);
  } catch (error) {
    const isForbidden = typeof WebAssembly !== 'object' || error instanceof WebAssembly.CompileError || error instanceof RangeError;
    if (isForbidden) return undefined; // no WebAssembly, a content-security policy, or an old Chromium's limit for modules compiled at once
    throw error;
  }
}

/** Images are worked on in two rooms of the module's memory, one after the other. */
function kernelsOf({ memory, ...native }: Exports): Kernels {
  let room = 0;
  const roomAt = (index: number): number => start + PAGE + index * room;

  const isHere = ({ data }: Image): boolean => data.buffer === memory.buffer;

  /** Makes room; an image that is here already is taken out first. */
  function fit(image: Image, bytes: number): Image {
    if (bytes <= room) return image;
    const kept = isHere(image) ? { ...image, data: Float32Array.from(image.data) } : image;
    room = Math.ceil(bytes / PAGE) * PAGE;
    const missing = roomAt(3) - memory.buffer.byteLength; // two for images, one for a displacement
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    return kept;
  }

  const bring = (image: Image): Image => (isHere(image) ? image : take(image));

  function take(image: Image): Image {
    const fitted = fit(image, image.data.byteLength);
    const data = new Float32Array(memory.buffer, roomAt(0), fitted.data.length);
    data.set(fitted.data);
    return { ...fitted, data };
  }

  return {
    take,
    resample(given, pass) {
      const { height, width, displacement } = pass;
      const { channels } = given;
      const floats = height * width * channels;
      const image = bring(fit(given, Math.max(given.data.byteLength, floats * 4, displacement?.byteLength ?? 0)));
      const result = image.data.byteOffset === roomAt(0) ? roomAt(1) : roomAt(0);
      if (displacement !== undefined) new Float32Array(memory.buffer, roomAt(2), displacement.length).set(displacement);
      writeJob(new DataView(memory.buffer, start), start, image, pass, result, displacement === undefined ? 0 : roomAt(2));
      native.resample(start);
      return { height, width, channels, data: new Float32Array(memory.buffer, result, floats) };
    },
    applyColour(given, effect, range) {
      if (range !== 1 || given.channels !== 3) return portableKernels.applyColour(given, effect, range);
      const image = bring(given);
      new Float32Array(memory.buffer, start, 12).set(effect.matrix);
      native.applyColour(image.data.byteOffset, image.height * image.width, start, Number(effect.clamp), spare);
      return image;
    },
    applyPointwise(given, effect, range) {
      if (range !== 1 || effect.name !== 'hue') return portableKernels.applyPointwise(given, effect, range);
      const image = bring(given);
      native.turnHue(image.data.byteOffset, image.height * image.width, effect.shift, spare);
      return image;
    },
    applyNeighbourhood(given, effect, range) {
      if (range !== 1 || effect.name !== 'contrast' || effect.perChannel === true || given.channels !== 3)
        return portableKernels.applyNeighbourhood(given, effect, range);
      const image = bring(given);
      native.stretchAroundMean(image.data.byteOffset, image.height * image.width, effect.factor, spare);
      return image;
    },
  };
}

/** The fields of `Job` in `assembly/resample.ts`, in their order, and behind it what they point to. */
function writeJob(view: DataView, start: number, image: Image, pass: ResamplePass, result: number, displacement: number): void {
  const { channels } = image;
  const weights = JOB_BYTES;
  const sums = weights + WEIGHT_BYTES;
  const fill = sums + 4 * channels;
  for (let channel = 0; channel < channels; channel++)
    view.setFloat32(fill + 4 * channel, pass.fill?.[channel] ?? pass.fill?.[0] ?? 0, true);
  const { window } = pass;
  const integers = [
    image.data.byteOffset,
    result,
    pass.fill === undefined ? 0 : start + fill,
    displacement,
    start + sums,
    start + weights,
    image.width,
    channels,
    window.left,
    window.top,
    window.right,
    window.bottom,
    pass.height,
    pass.width,
    INTERPOLATIONS[pass.interpolation],
    BORDERS[pass.border],
    Number(pass.coveredTwice ?? false),
    0,
  ];
  for (const [i, value] of integers.entries()) view.setInt32(4 * i, value, true);
  for (const [i, value] of pass.matrix.entries()) view.setFloat64(4 * integers.length + 8 * i, value, true);
}
