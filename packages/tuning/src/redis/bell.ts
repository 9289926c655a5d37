/** Something to wait for that may come before anybody waits. */
export interface Bell {
  ring(): void;
  /** Resolves after so many milliseconds, or when it rings, or at once where it has rung since the last wait. */
  heard(milliseconds: number): Promise<void>;
}

export function bell(): Bell {
  let rung = false;
  let wake = (): void => {};
  return {
    ring() {
      rung = true;
      wake();
    },
    async heard(milliseconds) {
      if (!rung)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      rung = false;
    },
  };
}
