import { DownhillError } from '@downhill/core';
import { END, LIMITS, START } from './generated/kernels.ts';
import type { WasmMemory } from './memory.ts';

/** What `assembly/` exports. Addresses, strides and sizes of scratch are in bytes. */
export interface NativeKernels {
  readonly packColumns: (k: number, n: number, b: number, rowStride: number, columnStride: number, out: number) => void;
  readonly gemm: (
    m: number,
    n: number,
    k: number,
    a: number,
    aRow: number,
    aColumn: number,
    packed: number,
    c: number,
    cRow: number,
    add: number,
    scratch: number,
  ) => void;
  readonly conv2d: (
    geometry: number,
    x: number,
    w: number,
    bias: number,
    y: number,
    channels: number,
    pixels: number,
    patches: number,
    packed: number,
    scratch: number,
  ) => void;
  readonly conv2dBackpropFilter: (
    geometry: number,
    x: number,
    dy: number,
    dw: number,
    add: number,
    pixels: number,
    patches: number,
    packed: number,
    scratch: number,
  ) => void;
  readonly conv2dBackpropInput: (
    geometry: number,
    dy: number,
    w: number,
    dx: number,
    taps: number,
    channels: number,
    pixels: number,
    patches: number,
    packed: number,
    scratch: number,
  ) => void;
  readonly winogradConv2d: (
    geometry: number,
    x: number,
    w: number,
    bias: number,
    y: number,
    size: number,
    group: number,
    scratch: number,
  ) => void;
  readonly finishWinogradFilter: (geometry: number, dw: number, size: number, group: number, scratch: number) => void;
  readonly winogradBackpropFilter: (
    geometry: number,
    x: number,
    dy: number,
    add: number,
    size: number,
    group: number,
    scratch: number,
  ) => void;
  readonly turnFilter: (taps: number, inChannels: number, outChannels: number, w: number, out: number) => void;
  readonly depthwiseConv2d: (geometry: number, x: number, w: number, y: number, windows: number) => void;
  readonly depthwiseBackpropInput: (geometry: number, dy: number, w: number, dx: number, windows: number) => void;
  readonly depthwiseBackpropFilter: (geometry: number, x: number, dy: number, dw: number, add: number) => void;
  readonly maxPool: (geometry: number, x: number, y: number) => void;
  readonly avgPool: (geometry: number, x: number, y: number) => void;
  readonly maxPoolGrad: (geometry: number, x: number, dy: number, dx: number) => void;
  readonly avgPoolGrad: (geometry: number, dy: number, dx: number) => void;
  readonly evaluateBlocks: (
    fills: number,
    fillCount: number,
    steps: number,
    stepCount: number,
    sums: number,
    sumCount: number,
    groups: number,
    inner: number,
    begin: number,
    end: number,
    block: number,
  ) => void;
  /** @returns Whether every window has a place. */
  readonly maxPoolKeeping: (geometry: number, x: number, y: number, places: number) => number;
  readonly spreadToPlaces: (geometry: number, places: number, dy: number, dx: number) => void;
  readonly copyRows: (from: number, fromStep: number, to: number, toStep: number, bytes: number, rows: number) => void;
  readonly gatherRows: (x: number, indices: number, bytes: number, rows: number, out: number) => void;
  readonly segmentSum: (x: number, ids: number, rows: number, width: number, segments: number, out: number) => void;
  readonly segmentSumOfIntegers: (x: number, ids: number, rows: number, width: number, segments: number, out: number) => void;
  readonly segmentSumOfBooleans: (x: number, ids: number, rows: number, width: number, segments: number, out: number) => void;
}

/** The compiled kernels for both kinds of memory: WebAssembly links a module only to the kind that it names. */
export interface KernelModules {
  readonly unshared: WebAssembly.Module;
  readonly shared: WebAssembly.Module;
}

/**
 * Compiles the kernels, off the main thread where the engine can.
 *
 * @throws DownhillError `unsupported` where WebAssembly or its 128-bit SIMD is missing or forbidden.
 */
export async function compileKernels(): Promise<KernelModules> {
  try {
    const [unshared, shared] = await Promise.all([
      WebAssembly.compile(moduleBytes('unshared')),
      WebAssembly.compile(moduleBytes('shared')),
    ]);
    return { unshared, shared };
  } catch (cause) {
    throw new DownhillError({
      code: 'unsupported',
      source: 'registerWasmTrainingKernels',
      problem: 'the kernels could not be compiled',
      advice: "They need an engine with WebAssembly SIMD and, under a content-security policy, the source 'wasm-unsafe-eval'.",
      cause,
    });
  }
}

type LinkTarget = Pick<WasmMemory, 'memory' | 'shared'>;

/** Links the kernels to a memory at once; older Chromium allows that on a page's main thread for tiny modules alone. */
export function linkKernelsNow(modules: KernelModules, target: LinkTarget): NativeKernels {
  return exportsOf(new WebAssembly.Instance(moduleFor(modules, target), { env: { memory: target.memory } }));
}

/** Links the kernels to a memory. */
export async function linkKernels(modules: KernelModules, target: LinkTarget): Promise<NativeKernels> {
  return exportsOf(await WebAssembly.instantiate(moduleFor(modules, target), { env: { memory: target.memory } }));
}

const moduleFor = (modules: KernelModules, { shared }: LinkTarget): WebAssembly.Module => (shared ? modules.shared : modules.unshared);

const exportsOf = ({ exports }: WebAssembly.Instance): NativeKernels => exports as unknown as NativeKernels;

function moduleBytes(kind: 'unshared' | 'shared'): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([...fromBase64(START), ...LIMITS[kind], ...fromBase64(END)]);
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
