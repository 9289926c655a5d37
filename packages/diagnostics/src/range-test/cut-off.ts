/** Twice the largest of some losses, above which a chart has nothing of interest: a run that diverges would press the others flat. */
export function cutOff(losses: readonly number[]): number {
  const most = losses.filter(Number.isFinite).reduce((a, b) => Math.max(a, b), -Infinity);
  return most > 0 ? 2 * most : Infinity;
}
