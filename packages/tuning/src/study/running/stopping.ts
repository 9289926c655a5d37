/** Why and when a search ends before it is through. */
export interface Stopping {
  /** The signal of its trials. */
  readonly signal: AbortSignal;
  mayBegin(): boolean;
  /** Ends the search with an error. The first is the one that it throws. */
  fail(error: unknown): void;
  /** Does something whose error ends the search. */
  guard<Result>(action: () => Promise<Result>): Promise<Result | undefined>;
  /** @throws The error that ended it. */
  end(): void;
}

export function startStopping(asked: AbortSignal | undefined, timeout: number): Stopping {
  const controller = new AbortController();
  const until = performance.now() + timeout;
  let failure: { readonly error: unknown } | undefined;
  const stop = (): void => controller.abort(asked?.reason);
  const fail = (error: unknown): void => {
    failure ??= { error };
    controller.abort(error);
  };
  asked?.addEventListener('abort', stop, { once: true });
  if (asked?.aborted === true) stop();
  return {
    signal: controller.signal,
    mayBegin: () => !controller.signal.aborted && performance.now() < until,
    fail,
    async guard(action) {
      try {
        return await action();
      } catch (error) {
        fail(error);
        return undefined;
      }
    },
    end() {
      asked?.removeEventListener('abort', stop);
      if (failure !== undefined) throw failure.error;
    },
  };
}
