/**
 * Takes a picture anew: `src/passes/resample.ts` in AssemblyScript, with its roundings. Positions and weights are in float64, sums in
 * float32.
 */

/** Numbers of interpolations and borders, as `src/native/kernels.ts` has them. */
const NEAREST: i32 = 0;
const BICUBIC: i32 = 2;
const CONSTANT: i32 = 0;
const EDGE: i32 = 1;
const REFLECT: i32 = 2;
const SYMMETRIC: i32 = 3;

/** Of the bicubic convolution. */
const A: f64 = -0.75;

/** What one resampling is given, as `src/native/kernels.ts` lays it out. */
@unmanaged
class Job {
  image: usize;
  result: usize;
  /** A float32 for each channel, or 0. */
  fill: usize;
  /** Two float32 for each pixel of the result, or 0. */
  displacement: usize;
  /** Room for a float32 for each channel. */
  sums: usize;
  /** Room for four float64 across and four down. */
  weights: usize;
  imageWidth: i32;
  channels: i32;
  left: i32;
  top: i32;
  right: i32;
  bottom: i32;
  height: i32;
  width: i32;
  interpolation: i32;
  border: i32;
  coveredTwice: i32;
  spare: i32;
  a: f64;
  b: f64;
  c: f64;
  d: f64;
  e: f64;
  f: f64;
  g: f64;
  h: f64;
  k: f64;
}

export function resample(address: usize): void {
  const job = changetype<Job>(address);
  let to = job.result;
  let displacement = job.displacement;
  const pixelBytes = <usize>job.channels << 2;
  for (let row = 0; row < job.height; row++) {
    for (let column = 0; column < job.width; column++) {
      let x = <f64>column + 0.5;
      let y = <f64>row + 0.5;
      if (displacement != 0) {
        x += <f64>load<f32>(displacement);
        y += <f64>load<f32>(displacement, 4);
        displacement += 8;
      }
      const w = job.g * x + job.h * y + job.k;
      show(job, (job.a * x + job.b * y + job.c) / w, (job.d * x + job.e * y + job.f) / w, to);
      to += pixelBytes;
    }
  }
}

/** Sets a pixel of the result to what is at a place. */
function show(job: Job, x: f64, y: f64, to: usize): void {
  if (job.interpolation == NEAREST) {
    showNearest(job, <i32>Math.floor(x), <i32>Math.floor(y), to);
    return;
  }
  const left = <i32>Math.floor(x - 0.5);
  const top = <i32>Math.floor(y - 0.5);
  const across = x - 0.5 - <f64>left;
  const down = y - 0.5 - <f64>top;
  const isBicubic = job.interpolation == BICUBIC;
  const isInside = left >= job.left && top >= job.top && left + 1 < job.right && top + 1 < job.bottom;
  if (!isBicubic && isInside && job.coveredTwice == 0) {
    showBetween(job, left, top, across, down, to);
    return;
  }
  const taps = isBicubic ? 4 : 2;
  setWeights(job.weights, across, isBicubic);
  setWeights(job.weights + 32, down, isBicubic);
  showTaps(job, isBicubic ? left - 1 : left, isBicubic ? top - 1 : top, taps, to);
}

function showNearest(job: Job, column: i32, row: i32, to: usize): void {
  const x = inside(column, job.left, job.right, job.border);
  const y = inside(row, job.top, job.bottom, job.border);
  const channels = job.channels;
  if (x < 0 || y < 0) {
    for (let channel = 0; channel < channels; channel++) store<f32>(to + (<usize>channel << 2), job.fill == 0 ? 0 : load<f32>(job.fill + (<usize>channel << 2)));
    return;
  }
  const from = job.image + (<usize>((y * job.imageWidth + x) * channels) << 2);
  for (let channel = 0; channel < channels; channel++) store<f32>(to + (<usize>channel << 2), load<f32>(from + (<usize>channel << 2)));
}

/** Bilinear, all four pixels in the window. */
function showBetween(job: Job, left: i32, top: i32, across: f64, down: f64, to: usize): void {
  const w00 = <f32>((1 - down) * (1 - across));
  const w01 = <f32>((1 - down) * across);
  const w10 = <f32>(down * (1 - across));
  const w11 = <f32>(down * across);
  let from = job.image + (<usize>((top * job.imageWidth + left) * job.channels) << 2);
  const right = <usize>job.channels << 2;
  const below = <usize>job.imageWidth * right;
  if (job.channels == 3) {
    // a fourth value comes along and is thrown away; behind the image there is room
    let sums = f32x4.add(f32x4.splat(0), f32x4.mul(f32x4.splat(w00), v128.load(from)));
    sums = f32x4.add(sums, f32x4.mul(f32x4.splat(w01), v128.load(from + right)));
    sums = f32x4.add(sums, f32x4.mul(f32x4.splat(w10), v128.load(from + below)));
    sums = f32x4.add(sums, f32x4.mul(f32x4.splat(w11), v128.load(from + below + right)));
    v128.store64_lane(to, sums, 0);
    v128.store32_lane(to, sums, 2, 8);
    return;
  }
  for (let channel = 0; channel < job.channels; channel++) {
    let sum: f32 = 0;
    sum += w00 * load<f32>(from);
    sum += w01 * load<f32>(from + right);
    sum += w10 * load<f32>(from + below);
    sum += w11 * load<f32>(from + below + right);
    store<f32>(to, sum);
    from += 4;
    to += 4;
  }
}

function setWeights(to: usize, t: f64, isBicubic: bool): void {
  if (isBicubic) {
    store<f64>(to, outer(t + 1));
    store<f64>(to, inner(t), 8);
    store<f64>(to, inner(1 - t), 16);
    store<f64>(to, outer(2 - t), 24);
  } else {
    store<f64>(to, 1 - t);
    store<f64>(to, t, 8);
  }
}

function inner(t: f64): f64 {
  return ((A + 2) * t - (A + 3)) * t * t + 1;
}

function outer(t: f64): f64 {
  return ((A * t - 5 * A) * t + 8 * A) * t - 4 * A;
}

/** Sums all taps; those outside a constant border are left out, and the fill stands for them. */
function showTaps(job: Job, left: i32, top: i32, taps: i32, to: usize): void {
  const channels = job.channels;
  let covered: f64 = 0;
  for (let channel = 0; channel < channels; channel++) store<f32>(job.sums + (<usize>channel << 2), 0);
  for (let i = 0; i < taps; i++) {
    const row = inside(top + i, job.top, job.bottom, job.border);
    const rowWeight = load<f64>(job.weights + 32 + (<usize>i << 3));
    for (let j = 0; j < taps; j++) {
      const column = inside(left + j, job.left, job.right, job.border);
      const weight = rowWeight * load<f64>(job.weights + (<usize>j << 3));
      if (row < 0 || column < 0 || weight == 0) continue;
      covered += weight;
      const from = job.image + (<usize>((row * job.imageWidth + column) * channels) << 2);
      for (let channel = 0; channel < channels; channel++) {
        const sum = job.sums + (<usize>channel << 2);
        store<f32>(sum, load<f32>(sum) + <f32>weight * load<f32>(from + (<usize>channel << 2)));
      }
    }
  }
  for (let channel = 0; channel < channels; channel++) {
    let value = load<f32>(job.sums + (<usize>channel << 2));
    if (job.fill != 0) {
      if (job.coveredTwice != 0) value *= <f32>covered;
      value += <f32>(1 - covered) * load<f32>(job.fill + (<usize>channel << 2));
    }
    store<f32>(to + (<usize>channel << 2), value);
  }
}

/** Where a pixel is taken from, along one axis; -1: it is the fill. */
function inside(index: i32, low: i32, high: i32, border: i32): i32 {
  if (index >= low && index < high) return index;
  if (border == CONSTANT) return -1;
  const length = high - low;
  const at = index - low;
  if (border == EDGE) return at < 0 ? low : high - 1;
  if (border == REFLECT) {
    if (length == 1) return low;
    const place = modulo(at, 2 * length - 2);
    return low + (place < length ? place : 2 * length - 2 - place);
  }
  if (border == SYMMETRIC) {
    const place = modulo(at, 2 * length);
    return low + (place < length ? place : 2 * length - 1 - place);
  }
  return low + modulo(at, length);
}

function modulo(value: i32, length: i32): i32 {
  const rest = value % length;
  return rest < 0 ? rest + length : rest;
}
