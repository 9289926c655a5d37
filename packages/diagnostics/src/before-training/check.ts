/** How a check came out. */
export type Verdict = 'ok' | 'warning' | 'failed';

/** What a check found, as plain data: for a report, a guided run, or the terminal (`checkText`). */
export interface Check {
  readonly kind: 'check';
  readonly name: string;
  readonly verdict: Verdict;
  /** What was found, in a sentence with its numbers. */
  readonly summary: string;
  readonly numbers: Readonly<Record<string, number>>;
  /** What to do next. */
  readonly advice: string;
  /** What it would mean if this failed. */
  readonly meaning: string;
  readonly table?: CheckTable;
}

export interface CheckTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** The worse of some verdicts; `ok` where there are none. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('failed')) return 'failed';
  return verdicts.includes('warning') ? 'warning' : 'ok';
}
