import type { DoctorAnswer, DoctorRequest } from './doctor-protocol.ts';
import type { Look } from './provoked-run.ts';

export interface DoctorListener {
  look(look: Look): void;
  ended(): void;
  failed(message: string): void;
}

export interface DoctorRunner {
  /** Starts a run; one that still goes on is given up. */
  start(request: Omit<DoctorRequest, 'id'>): void;
  close(): void;
}

/** Trains in a worker, so that the page stays responsive. */
export function doctorRunner(listener: DoctorListener): DoctorRunner {
  const worker = new Worker(new URL('./doctor-worker.ts', import.meta.url), { type: 'module', name: 'doctor' });
  let id = 0;
  worker.addEventListener('message', ({ data }: MessageEvent<DoctorAnswer>) => {
    if (data.id !== id) return;
    if (data.kind === 'look') listener.look(data.look);
    else if (data.kind === 'end') listener.ended();
    else listener.failed(data.message);
  });
  worker.addEventListener('error', ({ message }) => listener.failed(message || 'its script did not load'));
  return {
    start(request) {
      id += 1;
      worker.postMessage({ ...request, id } satisfies DoctorRequest, []);
    },
    close: () => worker.terminate(),
  };
}
