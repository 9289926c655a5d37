import type { RunAnswer, RunsRequest } from './schedules-protocol.ts';

export interface RunsListener {
  answer(schedule: number, result: RunAnswer['result']): void;
  /** The worker could not be started, or died. */
  failed(message: string): void;
}

export interface RunsRunner {
  /** Starts small runs; those that still run are given up. */
  start(request: Omit<RunsRequest, 'id'>): void;
  close(): void;
}

/** Trains in a worker, so that sliders stay smooth. */
export function runsRunner(listener: RunsListener): RunsRunner {
  const worker = new Worker(new URL('./schedules-worker.ts', import.meta.url), { type: 'module', name: 'schedules' });
  let id = 0;
  worker.addEventListener('message', ({ data }: MessageEvent<RunAnswer>) => {
    if (data.id === id) listener.answer(data.schedule, data.result);
  });
  worker.addEventListener('error', ({ message }) => listener.failed(message || 'its script did not load'));
  return {
    start(request) {
      id += 1;
      worker.postMessage({ ...request, id } satisfies RunsRequest, []);
    },
    close: () => worker.terminate(),
  };
}
