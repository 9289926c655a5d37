const OFTEN = 20; // milliseconds: below what a user notices

/** Lets timers and signals have their turn now and then: a search whose promises are all settled at once would never let Ctrl-C through. */
export function breather(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < OFTEN) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    last = performance.now();
  };
}
