/** Only the powers of ten, where there are at least two; null for all else. */
export function powersOfTen(splits: readonly number[]): (number | null)[] {
  const isPower = (value: number): boolean => value.toExponential().startsWith('1e');
  return splits.filter(isPower).length < 2 ? [...splits] : splits.map((split) => (isPower(split) ? split : null));
}
