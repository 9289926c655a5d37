import type { KernelTime } from '../measure/contender.ts';

/** What `--json` prints. */
export interface Report {
  readonly benchmark: string;
  readonly machine: Machine;
  readonly rows: readonly Row[];
  /** Where the time of a step goes, for the subjects that can tell. */
  readonly kernels?: readonly KernelRow[];
}

/** One comparison, measured alternately in one run. */
export interface Row {
  readonly case: string;
  readonly subject: string;
  readonly peer: string;
  /** The peer's median time over the subject's: above 1, the subject is faster. */
  readonly ratio: number;
  readonly subjectMs: number;
  readonly peerMs: number;
}

/** A {@link KernelTime} of one subject in one case. */
export interface KernelRow extends KernelTime {
  readonly case: string;
  readonly subject: string;
}

/** What the numbers depend on; the contenders add what they know of themselves. */
export type Machine = Readonly<Record<string, string | number>>;

/** Which times to compare. */
export interface Pair {
  readonly subject: string;
  readonly peer: string;
}

/** The rows of the pairs whose two times are known. */
export function rowsOf(caseName: string, pairs: readonly Pair[], times: ReadonlyMap<string, number>): readonly Row[] {
  return pairs.flatMap(({ subject, peer }) => {
    const subjectMs = times.get(subject);
    const peerMs = times.get(peer);
    return subjectMs === undefined || peerMs === undefined
      ? []
      : [{ case: caseName, subject, peer, ratio: peerMs / subjectMs, subjectMs, peerMs }];
  });
}
