/** What a run spends its time on, in milliseconds. On a GPU the work is only queued: it shows up where its result is first needed. */
export interface PhaseTimes {
  readonly data: number;
  readonly gradients: number;
  readonly update: number;
  readonly hooks: number;
  readonly validation: number;
  /** What the loop waited for; a checkpoint's bytes are written while it goes on. */
  readonly checkpoint: number;
}

export interface Clock {
  measure<T>(phase: keyof PhaseTimes, work: () => T | Promise<T>): Promise<T>;
  readonly times: PhaseTimes;
}

export function clock(): Clock {
  const times = { data: 0, gradients: 0, update: 0, hooks: 0, validation: 0, checkpoint: 0 };
  return {
    times,
    async measure(phase, work) {
      const start = performance.now();
      try {
        return await work();
      } finally {
        times[phase] += performance.now() - start;
      }
    },
  };
}

/** Hands over batch after batch; the time spent on making them counts as `data`. */
export async function* timed<T>(batches: Iterable<T> | AsyncIterable<T>, { measure }: Clock): AsyncGenerator<T> {
  const iterator = Symbol.asyncIterator in batches ? batches[Symbol.asyncIterator]() : batches[Symbol.iterator]();
  try {
    for (;;) {
      const next = await measure('data', () => iterator.next());
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}
