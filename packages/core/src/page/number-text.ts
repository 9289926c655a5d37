const SMALL = 1e-3;
const LARGE = 1e5;

/** A number in few signs: at most `digits` that count, without the zeros at their end. */
export function numberText(value: number, digits = 4): string {
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size < SMALL || size >= LARGE) return value.toExponential(digits - 1).replace(/\.?0*e\+?/, 'e');
  return String(Number(value.toPrecision(digits)));
}
