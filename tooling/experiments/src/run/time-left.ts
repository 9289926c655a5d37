/** How long work will take, judged by the steps that were done. */
export interface TimeLeft {
  /** All steps. */
  readonly total: number;
  /** Steps of what is finished. */
  readonly done: number;
  finish(steps: number): void;
  /** Seconds left when so many steps more are done. */
  after(steps: number): number;
}

/** @param now A clock, in milliseconds. */
export function timeLeft(total: number, now: () => number = () => performance.now()): TimeLeft {
  const start = now();
  let done = 0;
  return {
    total,
    get done() {
      return done;
    },
    finish: (steps) => void (done += steps),
    after: (steps) => ((now() - start) / 1000 / (done + steps)) * (total - done - steps),
  };
}

/** Seconds as `1:05`. */
export const minutes = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
