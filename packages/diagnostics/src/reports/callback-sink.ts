import type { Reading, RunInfo, Sink } from '../reading.ts';

/** Options of {@link callbackSink}. */
export interface CallbackSinkOptions {
  /** How warnings call it. @defaultValue 'callback' */
  readonly name?: string;
  /** Called with the run before its first reading. */
  readonly onOpen?: (run: RunInfo) => void | Promise<void>;
  /** Called after its last one. */
  readonly onClose?: () => void | Promise<void>;
}

/**
 * Hands every reading to a function, one after the other.
 *
 * @example
 * const seen = [];
 * const sink = callbackSink((reading) => void seen.push(reading.name), { name: 'my list' });
 * sink.name; // 'my list'
 */
export function callbackSink(
  onReading: (reading: Reading) => void | Promise<void>,
  { name = 'callback', onOpen, onClose }: CallbackSinkOptions = {},
): Sink {
  return Object.freeze({
    kind: 'sink',
    name,
    ...(onOpen === undefined ? {} : { open: onOpen }),
    async write(readings: readonly Reading[]): Promise<void> {
      for (const reading of readings) await onReading(reading);
    },
    ...(onClose === undefined ? {} : { close: onClose }),
  } as const);
}
