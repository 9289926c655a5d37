/** Within these milliseconds, npx and pnpm send the SIGTERM that follows a SIGINT: both are one request. */
const TOGETHER = 500;

/** Exit code of a program that Ctrl-C ended. */
export const INTERRUPTED = 130;

/** Turns Ctrl-C into a request to stop, of which `asked` is told; a second one ends the process at once. `end` takes the listeners away. */
export function stopSignal(asked: () => void): { readonly signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  let first: number | undefined;
  const listen = (): void => {
    if (first !== undefined && performance.now() - first > TOGETHER) process.exit(INTERRUPTED);
    if (first === undefined) asked();
    first ??= performance.now();
    controller.abort();
  };
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.on(signal, listen);
  return {
    signal: controller.signal,
    end() {
      for (const signal of signals) process.off(signal, listen);
    },
  };
}
