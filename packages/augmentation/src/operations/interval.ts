import { checkNumber, DownhillError, show, type NumberRule } from '@downhill/core';

/** A range that a number is drawn from: [low, high], or m for [-m, m]. */
export type Interval = number | readonly [low: number, high: number];

/** @throws DownhillError `invalid-argument` for what is no range, or reaches out of what the rule takes. */
export function intervalOf(source: string, name: string, value: Interval, rule: NumberRule = {}): readonly [number, number] {
  const isSymmetric = (rule.min ?? rule.above ?? -1) < 0;
  if (typeof value === 'number' && isSymmetric) {
    checkNumber(source, { [name]: value }, { min: 0 });
    checkNumber(source, { [name]: value, [`-${name}`]: -value }, rule);
    return [-value, value];
  }
  if (!Array.isArray(value) || value.length !== 2)
    throw new DownhillError({
      code: 'invalid-argument',
      source,
      problem: `\`${name}\` must be ${isSymmetric ? 'a number or ' : ''}[low, high], got ${show(value)}`,
    });
  const [low, high] = value as readonly [number, number];
  checkNumber(source, { [`${name}[0]`]: low, [`${name}[1]`]: high }, rule);
  checkNumber(source, { [`${name}[1]`]: high }, { min: low });
  return [low, high];
}

/** A range around 1 of factors that leave an image as it is at 1: [low, high], or m for [max(0, 1 - m), 1 + m], as torchvision's jitter. */
export function factorsOf(source: string, name: string, value: Interval): readonly [number, number] {
  if (typeof value === 'object') return intervalOf(source, name, value, { min: 0 });
  checkNumber(source, { [name]: value }, { min: 0 }, 'Or give [low, high].');
  return [Math.max(0, 1 - value), 1 + value];
}
