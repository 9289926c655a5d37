/**
 * Turns Ctrl-C into a request to stop. Under npx and pnpm a SIGTERM follows the SIGINT within a millisecond: both are one request. A second
 * Ctrl-C, later, ends the process at once.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  let asked = 0;
  const onSignal = (): void => {
    if (asked > 0 && performance.now() - asked > 500) process.exit(130);
    asked ||= performance.now();
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return controller.signal;
}
