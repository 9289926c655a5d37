import type { ReadAt, Reading, RunInfo, Sink } from '../reading.ts';
import { guard, type OnProblem } from './guard.ts';
import type { Measurements } from './meter.ts';

/** Hands readings to sinks, each of which may fail by itself. */
export interface Outlets {
  open(run: RunInfo): Promise<void>;
  write(found: Measurements, at: ReadAt): Promise<void>;
  close(): Promise<void>;
}

export function outlets(sinks: readonly Sink[], onProblem: OnProblem): Outlets {
  const guarded = sinks.map((sink) => ({ sink, guard: guard(sink.name, onProblem) }));
  return {
    async open(run) {
      for (const { sink, guard } of guarded) await guard.run(() => sink.open?.(run));
    },
    async write(found, { step, epoch }) {
      if (found.length === 0) return;
      const readings = found.map((reading): Reading => ({ ...reading, step, epoch }));
      for (const { sink, guard } of guarded) await guard.run(() => sink.write(readings));
    },
    async close() {
      for (const { sink, guard } of guarded)
        if (guard.on) await guard.run(() => sink.close?.());
        else await Promise.resolve(sink.close?.()).catch(() => {}); // it has said what is wrong with it
    },
  };
}
