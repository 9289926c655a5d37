interface Decimal {
  readonly units: bigint;
  /** How many digits of `units` are behind the point. */
  readonly places: number;
}

function decimal(value: number): Decimal {
  const [digits = '', exponent = '0'] = String(value).split('e');
  const [whole = '', fraction = ''] = digits.split('.');
  const places = fraction.length - Number(exponent);
  return places >= 0
    ? { units: BigInt(whole + fraction), places }
    : { units: BigInt(whole + fraction) * 10n ** BigInt(-places), places: 0 };
}

/**
 * The last of `low`, `low + step`, ... that is not above `high`, counted in the decimal digits that the numbers are written with, as Optuna counts
 * (`_adjust_discrete_uniform_high` in its `distributions.py`). Optuna warns of a range that its steps do not divide, so none is written.
 */
export function lastStep(low: number, high: number, step: number): number {
  const parts = [low, high, step].map(decimal);
  const places = Math.max(...parts.map((part) => part.places));
  const [from = 0n, to = 0n, by = 1n] = parts.map((part) => part.units * 10n ** BigInt(places - part.places));
  return (to - from) % by === 0n ? high : Number(`${from + ((to - from) / by) * by}e-${places}`);
}
