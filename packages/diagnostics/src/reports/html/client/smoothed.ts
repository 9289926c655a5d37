/**
 * A moving average that forgets, without its pull towards 0 at the start, as TensorBoard smooths: sₜ = w sₜ₋₁ + (1 − w) vₜ, shown as
 * sₜ / (1 − wᵗ). Gaps stay gaps.
 */
export function smoothed(values: readonly (number | null)[], weight: number): (number | null)[] {
  let [sum, share] = [0, 0];
  return values.map((value) => {
    if (value === null) return null;
    sum = weight * sum + (1 - weight) * value;
    share = weight * share + (1 - weight);
    return sum / share;
  });
}
