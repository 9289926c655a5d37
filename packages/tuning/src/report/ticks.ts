import { log, pow } from '@downhill/core/math';

const ROUND_STEPS = [1, 2, 5, 10];
/** Two labels closer than this share of the axis would touch. */
const CLOSE = 0.08;

/** Round numbers from `low` to `high`, about `count` of them. */
export function linearTicks(low: number, high: number, count: number): readonly number[] {
  if (!(high > low)) return [low];
  const rough = (high - low) / count;
  const power = pow(10, Math.floor(log(rough) / Math.LN10));
  const step = power * (ROUND_STEPS.find((round) => round * power >= rough * (1 - 1e-9)) ?? 10);
  const [first, last] = [Math.ceil(low / step - 1e-9), Math.floor(high / step + 1e-9)];
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Powers of ten from `low`, which is above 0, to `high`, at most about `count` of them. */
export function logTicks(low: number, high: number, count: number): readonly number[] {
  const [first, last] = [Math.ceil(log(low) / Math.LN10 - 1e-9), Math.floor(log(high) / Math.LN10 + 1e-9)];
  const every = Math.max(1, Math.ceil((last - first + 1) / count));
  return Array.from({ length: Math.max(0, Math.floor((last - first) / every) + 1) }, (_, i) => Number(`1e${first + i * every}`));
}

/** Both ends, and the ticks that leave them room. */
export function withEnds(ticks: readonly number[], low: number, high: number, shareOf: (value: number) => number): readonly number[] {
  if (!(high > low)) return [low];
  return [low, ...ticks.filter((tick) => shareOf(tick) > CLOSE && shareOf(tick) < 1 - CLOSE), high];
}
