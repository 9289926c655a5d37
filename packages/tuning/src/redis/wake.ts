/** Waits that can be cut short, by a name. */
export interface Wakes {
  /** Resolves after so many milliseconds, or when somebody wakes this name. */
  wait(name: string, milliseconds: number): Promise<void>;
  wake(name: string): void;
}

export function wakes(): Wakes {
  const waiting = new Map<string, () => void>();
  return {
    wait: (name, milliseconds) =>
      new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          waiting.delete(name);
          resolve();
        };
        const timer = setTimeout(done, milliseconds);
        waiting.set(name, done);
      }),
    wake: (name) => waiting.get(name)?.(),
  };
}
