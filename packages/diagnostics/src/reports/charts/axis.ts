import { log, pow } from '@downhill/core/math';

/** From a value to its share of the axis: 0 at its start, 1 at its end. */
export interface Axis {
  readonly ticks: readonly number[];
  shareOf(value: number): number;
}

const ROUND_STEPS = [1, 2, 5, 10];
/** Beyond these, differences of numbers would be no numbers. */
const [SMALLEST, LARGEST] = [1e-290, 1e300];

/** An axis with round ends and about `count` round ticks; around values that are all the same, a tenth of them or, around 0, one unit. */
export function linearAxis(values: readonly number[], count: number): Axis {
  const [min, max] = extentOf(values, 0, 1).map(clamped) as [number, number];
  const size = Math.max(Math.abs(min), Math.abs(max));
  const around = size < SMALLEST ? 1 : size / 10;
  const margin = max - min <= Math.max(1e-9 * size, SMALLEST) ? around : 0;
  const [low, high] = [min - margin, max + margin];
  const rough = (high - low) / Math.max(1, count);
  const power = pow(10, Math.floor(log10(rough)));
  const step = power * (ROUND_STEPS.find((round) => round * power >= rough * (1 - 1e-9)) ?? 10);
  const [first, last] = [Math.floor(low / step + 1e-9), Math.ceil(high / step - 1e-9)];
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
  const [start, end] = [ticks[0] ?? low, ticks.at(-1) ?? high];
  return { ticks, shareOf: (value) => (clamped(value) - start) / (end - start) };
}

/** An axis of powers of ten; positive values only. */
export function logAxis(values: readonly number[], count: number): Axis {
  const place = (value: number): number => log10(Math.max(clamped(value), 1 / LARGEST));
  const [min, max] = extentOf(values, 0.1, 1);
  const [low, top] = [Math.floor(place(min) + 1e-9), Math.ceil(place(max) - 1e-9)];
  const high = Math.max(top, low + 1);
  const every = Math.ceil((high - low) / Math.max(1, count));
  const ticks = Array.from({ length: Math.floor((high - low) / every) + 1 }, (_, i) => Number(`1e${low + i * every}`));
  return { ticks, shareOf: (value) => (place(value) - low) / (high - low) };
}

/** The same axis, but from the least value to the largest, where at least two ticks are between them. */
export function within({ ticks, shareOf }: Axis, values: readonly number[]): Axis {
  const [low, high] = extentOf(values, Number.NaN, Number.NaN).map(shareOf) as [number, number];
  const inside = ticks.filter((tick) => shareOf(tick) >= low - 1e-9 && shareOf(tick) <= high + 1e-9);
  return inside.length < 2 ? { ticks, shareOf } : { ticks: inside, shareOf: (value) => (shareOf(value) - low) / (high - low) };
}

const clamped = (value: number): number => Math.min(Math.max(value, -LARGEST), LARGEST);

function extentOf(values: readonly number[], low: number, high: number): readonly [number, number] {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return [low, high];
  return finite.reduce<readonly [number, number]>(
    ([min, max], value) => [Math.min(min, value), Math.max(max, value)],
    [Infinity, -Infinity],
  );
}

const log10 = (value: number): number => log(value) / Math.LN10;
