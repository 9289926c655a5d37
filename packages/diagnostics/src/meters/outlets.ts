import { drive } from '../reports/drive-sinks.ts';
import type { ReadAt, Reading, RunInfo, Sink } from '../reading.ts';
import type { OnProblem } from './guard.ts';
import type { Measurements } from './meter.ts';

/** Hands what was measured to sinks, each of which may fail by itself. */
export interface Outlets {
  open(run: RunInfo): Promise<void>;
  write(found: Measurements, at: ReadAt): Promise<void>;
  close(): Promise<void>;
}

export function outlets(sinks: readonly Sink[], onProblem: OnProblem): Outlets {
  const driver = drive(sinks, ({ sink, error }) => onProblem({ source: sink.name, error }));
  return {
    open: (run) => driver.open(run),
    async write(found, { step, epoch }) {
      if (found.length > 0) await driver.write(found.map((reading): Reading => ({ ...reading, step, epoch })));
    },
    close: () => driver.close(),
  };
}
