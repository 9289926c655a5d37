const SLICE = 30; // ms between looks at whether somebody has asked for something else

/** Lets messages through. */
export const breath = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/**
 * Runs a generator of a worker in slices, with a look in between at whether its result is still wanted.
 *
 * @returns `undefined` where it is not; the generator is closed then.
 */
export async function inSlices<Result>(work: Generator<void, Result>, signal: AbortSignal): Promise<Result | undefined> {
  for (let end = performance.now() + SLICE; ;) {
    const { done, value } = work.next();
    if (done === true) return value;
    if (performance.now() < end) continue;
    await breath();
    if (signal.aborted) {
      work.return(undefined as never); // runs what it has to clean up
      return undefined;
    }
    end = performance.now() + SLICE;
  }
}
