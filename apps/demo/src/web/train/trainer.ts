import { hear, trainModel, type TrainModel } from './train-model.ts';
import type { TrainRequest } from './train-protocol.ts';

/** The worker that trains, and what the page knows of it. */
export interface Trainer {
  readonly model: TrainModel;
  ask(request: TrainRequest): void;
}

let trainer: Trainer | undefined;

/** Of a page there is one, started when it is first asked for: a run goes on while the visitor looks at another view. */
export function theTrainer(): Trainer {
  trainer ??= startTrainer();
  return trainer;
}

function startTrainer(): Trainer {
  const model = trainModel();
  const worker = new Worker(new URL('./train-worker.ts', import.meta.url), { type: 'module', name: 'train' });
  worker.addEventListener('message', ({ data }) => hear(model, data));
  worker.addEventListener('error', ({ message }) =>
    hear(model, { type: 'failed', text: `The worker failed: ${message || 'its script did not load'}. Load the page again.` }),
  );
  return { model, ask: (request) => worker.postMessage(request, []) };
}
