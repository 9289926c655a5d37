/** Lets the event loop run once: signals, messages, input. Timers of 0 would wait 4 ms in a browser, and frames do not come in hidden tabs. */
export function air(): Promise<void> {
  if (typeof setImmediate === 'function') return new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
