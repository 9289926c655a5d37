import { disposeAbandonedTape } from '@downhill/tfjs';

/** What went wrong with a meter, which is switched off for the rest of the run, or a sink, which is tried again. */
export interface MeterProblem {
  /** Its name. */
  readonly source: string;
  readonly error: Error;
}

export type OnProblem = (problem: MeterProblem) => void;

/** @defaultValue of `onProblem` */
export const warn: OnProblem = ({ source, error }) => console.warn(`Downhill: '${source}' failed, and the run goes on. ${error.message}`);

/** Runs what must not end a run, until it fails once. */
export interface Guard {
  readonly on: boolean;
  run<T>(work: () => T | Promise<T>): Promise<T | undefined>;
  /** The same for what cannot wait. */
  runNow<T>(work: () => T): T | undefined;
  fail(error: unknown): void;
}

export function guard(source: string, onProblem: OnProblem): Guard {
  let on = true;
  const fail = (cause: unknown): undefined => {
    disposeAbandonedTape();
    on = false;
    try {
      onProblem({ source, error: cause instanceof Error ? cause : new Error(String(cause)) });
    } catch (error) {
      console.warn(`Downhill: onProblem itself failed for '${source}'. ${String(error)}`);
    }
  };
  return {
    get on() {
      return on;
    },
    fail,
    async run(work) {
      if (!on) return undefined;
      try {
        return await work();
      } catch (error) {
        return fail(error);
      }
    },
    runNow(work) {
      if (!on) return undefined;
      try {
        return work();
      } catch (error) {
        return fail(error);
      }
    },
  };
}
