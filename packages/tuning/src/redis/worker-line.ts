import type { WorkerEvent } from './worker-event.ts';

/** What a worker says of what happens. */
export function workerLine(event: WorkerEvent): string {
  switch (event.type) {
    case 'ready':
      return `waits for trials of '${event.study}'`;
    case 'begin':
      return `trial ${event.trial} ${event.reached === undefined ? 'begins' : `goes on after step ${event.reached}`}`;
    case 'report':
      return `trial ${event.trial} step ${event.step}: ${event.value}`;
    case 'value':
      return `trial ${event.trial} is complete: ${event.value}`;
    case 'pruned':
      return `trial ${event.trial} is pruned`;
    case 'stopped':
      return `trial ${event.trial} is stopped, as the study asked`;
    case 'handed-back':
      return `trial ${event.trial} goes back to the queue`;
    case 'lost':
      return `trial ${event.trial} is not ours any more: another worker may have it`;
    case 'failed':
      return `trial ${event.trial} failed: ${event.error}`;
    case 'no-answer':
      return `trial ${event.trial} waits in the queue: nobody who optimizes the study answers`;
    case 'away':
      return 'Redis is away; waiting for it';
    case 'back':
      return 'Redis is back';
    case 'trouble':
      return `trouble: ${event.message}`;
    default:
      return event satisfies never;
  }
}
