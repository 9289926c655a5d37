/**
 * Elementwise expressions over large tensors, worked out block by block: each step of the program runs over one block before the
 * next step does, so that all that lies between the tensors read and the tensors written stays in the first-level cache.
 */
import { addFloats, fillFloats } from './vectors';

/** A vector that repeats through a block; group g of the tensor has the g-th vector where `groupStride` is not 0. */
@unmanaged
class Fill {
  from: usize;
  period: i32;
  groupStride: usize;
  to: usize;
}

/**
 * One operation, or two: `to` is made of a, of a and b, or of a, b and c. What moves with the block (1) is a tensor, what does not (0) a
 * block of scratch; a result may also move from where the part begins on (2).
 */
@unmanaged
class Step {
  operation: i32;
  a: usize;
  aMoves: i32;
  b: usize;
  bMoves: i32;
  c: usize;
  cMoves: i32;
  to: usize;
  toMoves: i32;
  low: f32;
  high: f32;
}

const WITH_PART: i32 = 2;

/** A sum over all rows of `period` floats, of each group where `groupStride` is not 0, divided by `divisor`. */
@unmanaged
class Sum {
  /** A block of scratch to which steps add. */
  partial: usize;
  period: i32;
  to: usize;
  groupStride: usize;
  divisor: f32;
}

/** Numbers of operations, as `OPERATIONS` of `src/fusion/expression.ts` has them. */
const COPY: i32 = 0;
const ADD: i32 = 1;
const SUBTRACT: i32 = 2;
const MULTIPLY: i32 = 3;
const DIVIDE: i32 = 4;
const NEGATE: i32 = 5;
const RELU: i32 = 6;
const CLIP: i32 = 7;
const WHERE_POSITIVE: i32 = 8;
const WHERE_BETWEEN: i32 = 9;
/** And of pairs, as `PAIRS` of `src/fusion/step.ts` has them. */
const SUBTRACT_MULTIPLY: i32 = 10;
const MULTIPLY_ADD: i32 = 11;
const ADD_ADD: i32 = 12;
const WHERE_POSITIVE_MULTIPLY: i32 = 13;
const ADD_RELU: i32 = 14;
const ADD_CLIP: i32 = 15;
const WHERE_BETWEEN_POSITIVE: i32 = 16;

/**
 * Runs a program over `groups` times `inner` floats, of each group over those from `begin` to before `end`. Sums go on from call to call:
 * they start with the first float and are there after the last.
 *
 * @param block Floats at a time: a multiple of every period, as `begin` is.
 */
export function evaluateBlocks(
  fills: usize,
  fillCount: i32,
  steps: usize,
  stepCount: i32,
  sums: usize,
  sumCount: i32,
  groups: i32,
  inner: i32,
  begin: i32,
  end: i32,
  block: i32,
): void {
  for (let group = 0; group < groups; group++) {
    for (let i = 0; i < fillCount; i++) startFill(changetype<Fill>(fills + <usize>i * offsetof<Fill>()), group, block);
    if (begin == 0) for (let i = 0; i < sumCount; i++) startSum(changetype<Sum>(sums + <usize>i * offsetof<Sum>()), group, block);
    for (let first = begin; first < end; first += block) {
      const count = min(block, end - first);
      const offset = (<usize>group * inner + first) << 2;
      const offsetInPart = <usize>(first - begin) << 2;
      for (let i = 0; i < stepCount; i++) runStep(changetype<Step>(steps + <usize>i * offsetof<Step>()), offset, offsetInPart, count);
    }
    if (end == inner) for (let i = 0; i < sumCount; i++) endSum(changetype<Sum>(sums + <usize>i * offsetof<Sum>()), group, groups, block);
  }
}

function startFill(fill: Fill, group: i32, block: i32): void {
  if (group > 0 && fill.groupStride == 0) return;
  const from = fill.from + fill.groupStride * group;
  if (fill.period == 1) {
    fillFloats(fill.to, load<f32>(from), block);
    return;
  }
  const bytes = <usize>fill.period << 2;
  const end = fill.to + (<usize>block << 2);
  for (let to = fill.to; to < end; to += bytes) memory.copy(to, from, bytes);
}

function startSum(sum: Sum, group: i32, block: i32): void {
  if (group == 0 || sum.groupStride != 0) fillFloats(sum.partial, 0, block);
}

/** Adds up the rows of partial sums, in order. */
function endSum(sum: Sum, group: i32, groups: i32, block: i32): void {
  if (sum.groupStride == 0 && group < groups - 1) return;
  const bytes = <usize>sum.period << 2;
  const end = sum.partial + (<usize>block << 2);
  for (let row = sum.partial + bytes; row < end; row += bytes) addFloats(row, sum.partial, sum.period);
  const to = sum.to + sum.groupStride * group;
  for (let offset: usize = 0; offset < bytes; offset += 4) store<f32>(to + offset, load<f32>(sum.partial + offset) / sum.divisor);
}

function runStep(step: Step, offset: usize, offsetInPart: usize, count: i32): void {
  const a = step.a + offset * step.aMoves;
  const b = step.b + offset * step.bMoves;
  const c = step.c + offset * step.cMoves;
  const to = step.to + (step.toMoves == WITH_PART ? offsetInPart : offset * step.toMoves);
  switch (step.operation) {
    case COPY: return copyValues(a, b, to, count);
    case ADD: return addValues(a, b, to, count);
    case SUBTRACT: return subtractValues(a, b, to, count);
    case MULTIPLY: return multiplyValues(a, b, to, count);
    case DIVIDE: return divideValues(a, b, to, count);
    case NEGATE: return negateValues(a, b, to, count);
    case RELU: return reluValues(a, b, to, count);
    case CLIP: return clipValues(a, b, to, count, step.low, step.high);
    case WHERE_POSITIVE: return wherePositiveValues(a, b, to, count);
    case WHERE_BETWEEN: return whereBetweenValues(a, b, to, count, step.low, step.high);
    case SUBTRACT_MULTIPLY: return subtractMultiplyValues(a, b, c, to, count);
    case MULTIPLY_ADD: return multiplyAddValues(a, b, c, to, count);
    case ADD_ADD: return addAddValues(a, b, c, to, count);
    case WHERE_POSITIVE_MULTIPLY: return wherePositiveMultiplyValues(a, b, c, to, count);
    case ADD_RELU: return addReluValues(a, b, to, count);
    case ADD_CLIP: return addClipValues(a, b, to, count, step.low, step.high);
    case WHERE_BETWEEN_POSITIVE: return whereBetweenPositiveValues(a, b, to, count, step.low, step.high);
  }
}

// A function for each operation, exported so that none is inlined: with all loops in one function engines run out of registers, and
// each takes three times as long.

export function copyValues(a: usize, b: usize, to: usize, count: i32): void {
  runLoop(COPY, a, b, to, count, f32x4.splat(0), f32x4.splat(0));
}

export function addValues(a: usize, b: usize, to: usize, count: i32): void {
  runLoop(ADD, a, b, to, count, f32x4.splat(0), f32x4.splat(0));
}

export function subtractValues(a: usize, b: usize, to: usize, count: i32): void {
  runLoop(SUBTRACT, a, b, to, count, f32x4.splat(0), f32x4.splat(0));
}

export function multiplyValues(a: usize, b: usize, to: usize, count: i32): void {
  runLoop(MULTIPLY, a, b, to, count, f32x4.splat(0), f32x4.splat(0));
}

export function divideValues(a: usize, b: usize, to: usize, count: i32): void {
  runLoop(DIVIDE, a, b, to, count, f32x4.splat(0), f32x4.splat(0));
}

export function negateValues(a: usize, b: usize, to: usize, count: i32): void {
  runLoop(NEGATE, a, b, to, count, f32x4.splat(0), f32x4.splat(0));
}

export function reluValues(a: usize, b: usize, to: usize, count: i32): void {
  runLoop(RELU, a, b, to, count, f32x4.splat(0), f32x4.splat(0));
}

export function clipValues(a: usize, b: usize, to: usize, count: i32, low: f32, high: f32): void {
  runLoop(CLIP, a, b, to, count, f32x4.splat(low), f32x4.splat(high));
}

/** a where b is above 0 or NaN, without denormals. */
export function wherePositiveValues(a: usize, b: usize, to: usize, count: i32): void {
  runLoop(WHERE_POSITIVE, a, b, to, count, f32x4.splat(0), f32x4.splat(0));
}

/** a where b is between low and high, these included; without denormals. */
export function whereBetweenValues(a: usize, b: usize, to: usize, count: i32, low: f32, high: f32): void {
  runLoop(WHERE_BETWEEN, a, b, to, count, f32x4.splat(low), f32x4.splat(high));
}

export function subtractMultiplyValues(a: usize, b: usize, c: usize, to: usize, count: i32): void {
  runPairLoop(SUBTRACT_MULTIPLY, a, b, c, to, count);
}

export function multiplyAddValues(a: usize, b: usize, c: usize, to: usize, count: i32): void {
  runPairLoop(MULTIPLY_ADD, a, b, c, to, count);
}

export function addAddValues(a: usize, b: usize, c: usize, to: usize, count: i32): void {
  runPairLoop(ADD_ADD, a, b, c, to, count);
}

export function wherePositiveMultiplyValues(a: usize, b: usize, c: usize, to: usize, count: i32): void {
  runPairLoop(WHERE_POSITIVE_MULTIPLY, a, b, c, to, count);
}

export function addReluValues(a: usize, b: usize, to: usize, count: i32): void {
  runLoop(ADD_RELU, a, b, to, count, f32x4.splat(0), f32x4.splat(0));
}

export function addClipValues(a: usize, b: usize, to: usize, count: i32, low: f32, high: f32): void {
  runLoop(ADD_CLIP, a, b, to, count, f32x4.splat(low), f32x4.splat(high));
}

/** a where b is between low and high, and above 0 or NaN; without denormals. */
export function whereBetweenPositiveValues(a: usize, b: usize, to: usize, count: i32, low: f32, high: f32): void {
  runLoop(WHERE_BETWEEN_POSITIVE, a, b, to, count, f32x4.splat(low), f32x4.splat(high));
}

/** Inlined once for each operation, whose number is then a constant. */
// @ts-ignore: decorator
@inline
function runLoop(operation: i32, a: usize, b: usize, to: usize, count: i32, low: v128, high: v128): void {
  const end = <usize>count << 2;
  const fours = end & ~63;
  let i: usize = 0; // one index for three addresses: moving each by itself runs into false dependences of loads on stores
  for (; i < fours; i += 64) {
    v128.store(to + i, apply(operation, v128.load(a + i), v128.load(b + i), low, high));
    v128.store(to + i, apply(operation, v128.load(a + i, 16), v128.load(b + i, 16), low, high), 16);
    v128.store(to + i, apply(operation, v128.load(a + i, 32), v128.load(b + i, 32), low, high), 32);
    v128.store(to + i, apply(operation, v128.load(a + i, 48), v128.load(b + i, 48), low, high), 48);
  }
  for (; i < end; i += 4) {
    v128.store_lane<f32>(to + i, apply(operation, v128.load32_zero(a + i), v128.load32_zero(b + i), low, high), 0);
  }
}

// @ts-ignore: decorator
@inline
function apply(operation: i32, a: v128, b: v128, low: v128, high: v128): v128 {
  if (operation == ADD) return f32x4.add(a, b);
  if (operation == SUBTRACT) return f32x4.sub(a, b);
  if (operation == MULTIPLY) return f32x4.mul(a, b);
  if (operation == DIVIDE) return f32x4.div(a, b);
  if (operation == NEGATE) return f32x4.neg(a);
  if (operation == RELU) return f32x4.pmax(a, f32x4.splat(0)); // a NaN stays one, here and in clip
  if (operation == CLIP) return f32x4.pmin(f32x4.pmax(a, low), high);
  if (operation == WHERE_POSITIVE) return wherePositive(a, b);
  if (operation == ADD_CLIP) return f32x4.pmin(f32x4.pmax(f32x4.add(a, b), low), high);
  if (operation == WHERE_BETWEEN_POSITIVE) {
    return wherePositive(v128.and(a, v128.and(f32x4.ge(b, low), f32x4.le(b, high))), b);
  }
  if (operation == ADD_RELU) return f32x4.pmax(f32x4.add(a, b), f32x4.splat(0));
  if (operation == WHERE_BETWEEN) return v128.and(withoutDenormals(a), v128.and(f32x4.ge(b, low), f32x4.le(b, high)));
  return a;
}

// @ts-ignore: decorator
@inline
function runPairLoop(pair: i32, a: usize, b: usize, c: usize, to: usize, count: i32): void {
  const end = <usize>count << 2;
  const fours = end & ~63;
  let i: usize = 0;
  for (; i < fours; i += 64) {
    v128.store(to + i, applyPair(pair, v128.load(a + i), v128.load(b + i), v128.load(c + i)));
    v128.store(to + i, applyPair(pair, v128.load(a + i, 16), v128.load(b + i, 16), v128.load(c + i, 16)), 16);
    v128.store(to + i, applyPair(pair, v128.load(a + i, 32), v128.load(b + i, 32), v128.load(c + i, 32)), 32);
    v128.store(to + i, applyPair(pair, v128.load(a + i, 48), v128.load(b + i, 48), v128.load(c + i, 48)), 48);
  }
  for (; i < end; i += 4) {
    v128.store_lane<f32>(to + i, applyPair(pair, v128.load32_zero(a + i), v128.load32_zero(b + i), v128.load32_zero(c + i)), 0);
  }
}

// @ts-ignore: decorator
@inline
function applyPair(pair: i32, a: v128, b: v128, c: v128): v128 {
  if (pair == SUBTRACT_MULTIPLY) return f32x4.mul(f32x4.sub(a, b), c);
  if (pair == MULTIPLY_ADD) return f32x4.add(f32x4.mul(a, b), c);
  if (pair == ADD_ADD) return f32x4.add(f32x4.add(a, b), c);
  return f32x4.mul(wherePositive(a, b), c);
}

// @ts-ignore: decorator
@inline
function wherePositive(a: v128, b: v128): v128 {
  return v128.andnot(withoutDenormals(a), f32x4.le(b, f32x4.splat(0)));
}

/** Zero in place of values below 2^-126: arithmetic with them is many times slower, and a gradient that small moves nothing. */
// @ts-ignore: decorator
@inline
function withoutDenormals(a: v128): v128 {
  return v128.andnot(a, f32x4.lt(f32x4.abs(a), f32x4.splat(1.1754943508222875e-38)));
}
