/** Holds a run between two steps. */
export interface Gate {
  readonly isShut: boolean;
  shut(): void;
  open(): void;
  /** Resolves when it is open. */
  passed(): Promise<void>;
}

export function gate(): Gate {
  let waiting: PromiseWithResolvers | undefined;
  return {
    get isShut() {
      return waiting !== undefined;
    },
    shut() {
      waiting ??= withResolvers();
    },
    open() {
      waiting?.resolve();
      waiting = undefined;
    },
    passed: () => waiting?.promise ?? Promise.resolve(),
  };
}

interface PromiseWithResolvers {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

function withResolvers(): PromiseWithResolvers {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
