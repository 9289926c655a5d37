import type { RaceAnswer, RaceRequest } from './race-protocol.ts';
import type { Trace } from './trace.ts';

/** Who is told what comes of a race. */
export interface RaceListener {
  trace(racer: number, trace: Trace): void;
  /** The worker could not be started, or died. */
  failed(message: string): void;
}

export interface RaceRunner {
  /** Starts a race; one that still runs is given up. */
  start(request: Omit<RaceRequest, 'id'>): void;
  close(): void;
}

/** Runs races in a worker, so that the page stays responsive. */
export function raceRunner(listener: RaceListener): RaceRunner {
  const worker = new Worker(new URL('./race-worker.ts', import.meta.url), { type: 'module', name: 'race' });
  let id = 0;
  worker.addEventListener('message', ({ data }: MessageEvent<RaceAnswer>) => {
    if (data.id === id) listener.trace(data.racer, data.trace);
  });
  worker.addEventListener('error', ({ message }) => listener.failed(message || 'its script did not load'));
  return {
    start(request) {
      id += 1;
      worker.postMessage({ ...request, id } satisfies RaceRequest, []);
    },
    close: () => worker.terminate(),
  };
}
