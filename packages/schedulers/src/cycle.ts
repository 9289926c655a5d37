/** Where a step stands in a row of cycles, each `stretch` times as long as the one before. */
export interface Cycle {
  /** How many cycles are over. */
  readonly restarts: number;
  /** The length of the present one. */
  readonly length: number;
  /** What of it is over, at least 0 and below `length`. */
  readonly elapsed: number;
}

/** Counts cycle by cycle: a logarithm would round at the restarts. */
export function cycleAt(t: number, steps: number, stretch: number): Cycle {
  if (stretch === 1) return { restarts: Math.floor(t / steps), length: steps, elapsed: t % steps };
  let restarts = 0;
  let length = steps;
  let elapsed = t;
  while (elapsed >= length) {
    elapsed -= length;
    length *= stretch;
    restarts++;
  }
  return { restarts, length, elapsed };
}
