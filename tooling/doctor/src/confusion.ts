import { FINDINGS, type Finding } from '@downhill/diagnostics';
import type { Diagnosed } from './diagnosed.ts';

/** How often which label was taken for which. */
export interface Confusion {
  readonly labels: readonly Finding[];
  /** Runs by label (down) and finding (across). */
  readonly counts: readonly (readonly number[])[];
  /** By label: the share of its runs that were found; null where there are none. */
  readonly recall: Readonly<Record<string, number | null>>;
  readonly accuracy: number;
  /** The ids of the runs that were taken for something else. */
  readonly mistaken: readonly string[];
}

export function confusion(runs: readonly Diagnosed[]): Confusion {
  const labelled = runs.filter(({ label }) => label !== undefined);
  const count = (label: Finding, finding: Finding): number =>
    labelled.filter((run) => run.label === label && run.diagnosis.finding === finding).length;
  const counts = FINDINGS.map((label) => FINDINGS.map((finding) => count(label, finding)));
  const mistaken = labelled.filter(({ label, diagnosis }) => label !== diagnosis.finding).map(({ id }) => id);
  const recall = FINDINGS.map((label, i) => {
    const all = labelled.filter((run) => run.label === label).length;
    return [label, all === 0 ? null : (counts[i]?.[i] ?? 0) / all] as const;
  });
  return {
    labels: FINDINGS,
    counts,
    recall: Object.fromEntries(recall),
    accuracy: (labelled.length - mistaken.length) / labelled.length,
    mistaken,
  };
}
