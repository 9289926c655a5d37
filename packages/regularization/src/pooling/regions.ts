import { checkNumber, DownhillError, type RandomStream } from '@downhill/core';

/** Places `begin`, `begin + 1`, ... `end − 1` of one axis. */
export interface Region {
  readonly begin: number;
  readonly end: number;
}

/** An axis that is pooled. */
export interface PooledAxis {
  /** Its length. */
  readonly input: number;
  /** How many regions it is cut into, from 1 to `input`. */
  readonly output: number;
}

/** @throws DownhillError `invalid-argument` */
function checkAxis(source: string, { input, output }: PooledAxis): void {
  checkNumber(source, { input }, { min: 1, integer: true });
  checkNumber(source, { output }, { min: 1, max: input, integer: true }, 'The ratio of input to output is at least 1.');
}

/**
 * The boundaries of Graham's pseudorandom regions.
 *
 *     bᵢ = ⌈α (i + u)⌉ − ⌈α u⌉,   α = input / output, i from 0 to output
 *
 * Graham 2014, section 2 (arXiv:1412.6071), there for α in (1, 2): steps of 1 and 2. For larger α the steps are ⌊α⌋ and ⌈α⌉.
 *
 * @param u In [0, 1): it decides the whole row.
 *
 * @example
 * const boundaries = pseudorandomBoundaries({ input: 10, output: 7 }, 0.3);
 * boundaries; // [0, 1, 3, 4, 6, 7, 8, 10]
 *
 * @throws DownhillError `invalid-argument` where the output is not from 1 to the input, or `u` not in [0, 1).
 */
export function pseudorandomBoundaries(axis: PooledAxis, u: number): number[] {
  checkAxis('pseudorandomBoundaries', axis);
  checkNumber('pseudorandomBoundaries', { u }, { min: 0, below: 1 });
  const { input, output } = axis;
  const alpha = input / output;
  const offset = u < 2 ** -32 ? 0 : u; // what i + u would lose, but α u would not, leaves a region empty
  const first = Math.ceil(alpha * offset);
  // The last is the input; rounding of α (output + u) may say otherwise.
  return Array.from({ length: output + 1 }, (_, i) => (i === output ? input : Math.ceil(alpha * (i + offset)) - first));
}

/**
 * The boundaries of Graham's random regions: as many steps of ⌊α⌋ and of ⌊α⌋ + 1 as fill the input, in random order.
 *
 * Graham 2014, section 2 (arXiv:1412.6071); for α above 2 as in TensorFlow's `fractional_max_pool`.
 *
 * @example
 * const boundaries = randomBoundaries({ input: 10, output: 7 }, randomStream(streamKey(1, 'regions')));
 * boundaries.length; // 8
 *
 * @throws DownhillError `invalid-argument` where the output is not from 1 to the input.
 */
export function randomBoundaries(axis: PooledAxis, stream: RandomStream): number[] {
  checkAxis('randomBoundaries', axis);
  const { input, output } = axis;
  const short = Math.floor(input / output);
  const long = input - short * output; // so many steps are one longer
  const boundaries = [0];
  for (const place of stream.permutation(output)) boundaries.push((boundaries.at(-1) ?? 0) + short + (place < long ? 1 : 0));
  return boundaries;
}

/**
 * Regions between boundaries: from each to the next, which belongs to both neighbours where they overlap.
 *
 *     disjoint: bᵢ ... bᵢ₊₁ − 1;   overlapping: bᵢ ... bᵢ₊₁, cut at the end of the axis
 *
 * @example
 * const regions = regionsBetween([0, 1, 3], { overlapping: true });
 * regions; // [{ begin: 0, end: 2 }, { begin: 1, end: 3 }]
 */
export function regionsBetween(boundaries: readonly number[], { overlapping }: { readonly overlapping: boolean }): Region[] {
  const input = boundaries.at(-1) ?? 0;
  return boundaries.slice(1).map((next, i) => ({ begin: boundaries[i] ?? 0, end: overlapping ? Math.min(next + 1, input) : next }));
}

/**
 * PyTorch's regions: all as long as the kernel, with starts that one sample decides.
 *
 *     startᵢ = ⌊(i + s) a⌋ − ⌊s a⌋,   a = (input − kernel) / (output − 1);   the last start is input − kernel
 *
 * `torch.nn.FractionalMaxPool2d`, whose `_random_samples` are s.
 *
 * @param sample s, in [0, 1).
 *
 * @example
 * const regions = sampledRegions({ input: 5, output: 2 }, { kernel: 2, sample: 0.5 });
 * regions; // [{ begin: 0, end: 2 }, { begin: 3, end: 5 }]
 *
 * @throws DownhillError `invalid-argument` where `kernel` regions do not fit (output + kernel − 1 above input), or the sample is not in [0, 1).
 */
export function sampledRegions(axis: PooledAxis, { kernel, sample }: { readonly kernel: number; readonly sample: number }): Region[] {
  checkAxis('sampledRegions', axis);
  const { input, output } = axis;
  checkNumber('sampledRegions', { kernel }, { min: 1, integer: true });
  checkNumber('sampledRegions', { sample }, { min: 0, below: 1 });
  checkKernelFits('sampledRegions', axis, kernel);
  const a = output === 1 ? 0 : (input - kernel) / (output - 1);
  const first = Math.floor(sample * a);
  return Array.from({ length: output }, (_, i) => {
    const begin = i === output - 1 ? input - kernel : Math.floor((i + sample) * a) - first;
    return { begin, end: begin + kernel };
  });
}

/** @throws DownhillError `invalid-argument` where so many regions of the kernel's length, each one place on at least, are longer than the axis. */
export function checkKernelFits(source: string, { input, output }: PooledAxis, kernel: number): void {
  if (output + kernel - 1 <= input) return;
  throw new DownhillError({
    code: 'invalid-argument',
    source,
    problem: `\`kernel\` of ${kernel} does not fit ${output} times into ${input}: output + kernel − 1 must be at most the input`,
    advice: 'Take a smaller kernel or a larger ratio.',
  });
}
