import type { Digits, JudgedSnapshot } from './snapshot-run.ts';
import { valuesPerExample } from '@downhill/training';

/** A held-out digit that the last model alone takes for another one, and the ensemble does not. */
export interface RescuedDigit {
  /** Its pixels in rows, from 0 to 255. */
  readonly pixels: readonly number[];
  readonly label: number;
  /** What each snapshot takes it for. */
  readonly answers: readonly number[];
}

/** The first `most` of them. */
export function rescuedDigits(
  { heldOut: { xs, ys } }: Digits,
  snapshots: readonly JudgedSnapshot[],
  most: number,
): readonly RescuedDigit[] {
  const last = snapshots.at(-1);
  if (last === undefined) return [];
  const size = valuesPerExample(xs);
  return Array.from(ys.values, (label, i) => ({ label, i }))
    .filter(({ label, i }) => last.answers[i] !== label && last.together[i] === label)
    .slice(0, most)
    .map(({ label, i }) => ({
      pixels: Array.from(xs.values.subarray(i * size, (i + 1) * size), (value) => Math.round(value * 255)),
      label,
      answers: snapshots.map(({ answers }) => answers[i] ?? -1),
    }));
}
