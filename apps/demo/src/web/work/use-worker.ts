import { useEffect, useRef } from 'preact/hooks';
import type { Failure, Numbered } from './numbered.ts';

/** Who is told what a worker answers. */
export interface AnswerListener<Answer> {
  answer(answer: Answer): void;
  /** A request could not be worked on to its end, or the worker could not be started, or died: why, without a full stop, to be part of a sentence. */
  failed(message: string): void;
}

/** Sends a request; one that is still worked on is given up. */
export type Ask<Request> = (request: Request) => void;

/**
 * Has long computations done by a worker for as long as a view is open, so that the page stays responsive. Answers to anything but the latest
 * request are passed over. The worker's side is `answerRequests`.
 */
export function useWorker<Request extends object, Answer>(start: () => Worker, listener: AnswerListener<Answer>): Ask<Request> {
  const worker = useRef<Worker | undefined>(undefined);
  const id = useRef(0);
  useEffect(() => {
    const started = start();
    const fail = (message: string): void => listener.failed(message.replace(/\.$/, ''));
    worker.current = started;
    started.addEventListener('message', ({ data }: MessageEvent<Numbered<{ readonly answer: Answer } | Failure>>) => {
      if (data.id !== id.current) return;
      if ('failure' in data) fail(data.failure);
      else listener.answer(data.answer);
    });
    started.addEventListener('error', ({ message }) => fail(message || 'its script did not load'));
    return () => started.terminate();
  }, []);
  return (request) => {
    id.current += 1;
    worker.current?.postMessage({ id: id.current, request } satisfies Numbered<{ readonly request: Request }>, []);
  };
}
