import type { TrainAnswer, TrainRequest } from './train-protocol.ts';

export interface TrainRunner {
  ask(request: TrainRequest): void;
  close(): void;
}

/** Trains in a worker, so that the page stays responsive. */
export function trainRunner(onAnswer: (answer: TrainAnswer) => void): TrainRunner {
  const worker = new Worker(new URL('./train-worker.ts', import.meta.url), { type: 'module', name: 'train' });
  worker.addEventListener('message', ({ data }: MessageEvent<TrainAnswer>) => onAnswer(data));
  worker.addEventListener('error', ({ message }) =>
    onAnswer({ type: 'failed', text: `The worker failed: ${message || 'its script did not load'}. Load the page again.` }),
  );
  return {
    ask: (request) => worker.postMessage(request, []),
    close: () => worker.terminate(),
  };
}
