/** Lets a loop through one turn at a time. */
export interface Turnstile {
  /** Called by the loop before each turn: waits until it is let through. */
  pass(): Promise<void>;
  /** Lets the loop through; resolves when it is back for the next turn. */
  letThrough(): Promise<void>;
}

interface Gate {
  readonly opened: Promise<void>;
  open(): void;
}

function gate(): Gate {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

export function turnstile(): Turnstile {
  let [out, back] = [gate(), gate()];
  return {
    pass() {
      back.open();
      return out.opened;
    },
    async letThrough() {
      await back.opened;
      const { open } = out;
      [out, back] = [gate(), gate()];
      open();
      await back.opened;
    },
  };
}
