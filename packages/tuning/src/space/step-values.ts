/** How much of a step a value may be away from its place and still count as there: rounding. Optuna's `FloatDistribution._contains`. */
export const STEP_TOLERANCE = 1e-8;

/** How many digits stand behind the point of a number's shortest decimal form. */
function decimalsOf(value: number): number {
  const [digits = '', exponent = '0'] = String(value).split('e');
  return Math.max(0, (digits.split('.')[1]?.length ?? 0) - Number(exponent));
}

/**
 * low + place · step as one would write it: 0 + 3 · 0.1 is 0.3 and not 0.30000000000000004, as Optuna computes a range's end. Rounded to the
 * digits that low and step have, as far as `toFixed` goes.
 */
export function steppedValue(low: number, step: number, place: number): number {
  const value = low + place * step;
  const decimals = Math.max(decimalsOf(low), decimalsOf(step));
  return decimals > 100 ? value : Number(value.toFixed(decimals));
}

/** The last place at or below `high`. */
export function lastPlace(low: number, high: number, step: number): number {
  const places = (high - low) / step;
  return places - Math.floor(places) > 1 - STEP_TOLERANCE ? Math.ceil(places) : Math.floor(places);
}
