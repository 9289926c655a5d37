import { DownhillError } from '@downhill/core';
import type { Reading, RunInfo, Sink } from '../reading.ts';

/** What a sink could not do. */
export interface SinkProblem {
  readonly sink: Sink;
  readonly during: 'open' | 'write' | 'close';
  /** `write-failed`; its `cause` is what the sink threw. */
  readonly error: DownhillError;
}

/** Several sinks as one that never throws and never rejects. */
export interface SinkDriver {
  open(run: RunInfo): Promise<void>;
  /** Hands the readings to every sink, in the order of the calls, also when nobody waits for the promise. */
  write(readings: readonly Reading[]): Promise<void>;
  /** Resolves when every sink has written all that it took. */
  close(): Promise<void>;
}

/**
 * Drives sinks such that what goes wrong in one of them ends neither the run nor the other sinks.
 *
 * `onProblem` hears of the first problem of each sink: a full disk would otherwise be told at every step. A sink that could not open is left
 * out from then on; one that failed to write is tried again with the next readings.
 *
 * @param onProblem Told once a sink; by default a warning on the console.
 *
 * @example
 * const driver = drive([callbackSink((reading) => console.log(reading.name))]);
 * Object.keys(driver); // ['open', 'write', 'close']
 */
export function drive(sinks: readonly Sink[], onProblem: (problem: SinkProblem) => void = warn): SinkDriver {
  const driven = sinks.map((sink) => driveOne(sink, onProblem));
  const all = async (call: (one: SinkDriver) => Promise<void>): Promise<void> => void (await Promise.all(driven.map(call)));
  return {
    open: (run) => all((one) => one.open(run)),
    write: (readings) => all((one) => one.write(readings)),
    close: () => all((one) => one.close()),
  };
}

function driveOne(sink: Sink, onProblem: (problem: SinkProblem) => void): SinkDriver {
  let last = Promise.resolve();
  let [reported, shut] = [false, false];
  const attempt = (during: SinkProblem['during'], call: () => void | Promise<void>): Promise<void> => {
    last = afterwards(last, async () => {
      if (shut) return;
      try {
        await call();
      } catch (cause) {
        shut ||= during === 'open';
        if (reported) return;
        reported = true;
        tell(onProblem, { sink, during, error: problemOf(sink, during, cause) });
      }
    });
    return last;
  };
  return {
    open: (run) => attempt('open', () => sink.open?.(run)),
    write: (readings) => attempt('write', () => sink.write(readings)),
    close: () =>
      attempt('close', async () => {
        shut = true;
        await sink.close?.();
      }),
  };
}

async function afterwards(before: Promise<void>, work: () => Promise<void>): Promise<void> {
  await before;
  await work();
}

/** A listener that throws ends no run either. */
function tell(onProblem: (problem: SinkProblem) => void, problem: SinkProblem): void {
  try {
    onProblem(problem);
  } catch {
    warn(problem);
  }
}

const problemOf = (sink: Sink, during: string, cause: unknown): DownhillError =>
  new DownhillError({
    code: 'write-failed',
    source: sink.name,
    problem: `could not ${during}: ${cause instanceof Error ? cause.message : String(cause)}`,
    cause,
  });

function warn({ error }: SinkProblem): void {
  console.warn(error.message);
}
