/** Requests and answers carry a number that says which belongs to which. */
interface Numbered {
  readonly id: number;
}

/** Who is told what a worker answers. */
export interface AnswerListener<Answer> {
  answer(answer: Answer): void;
  /** The worker could not be started, or died. */
  failed(message: string): void;
}

export interface WorkerRunner<Request extends Numbered> {
  /** Sends a request; one that is still worked on is given up. */
  start(request: Omit<Request, 'id'>): void;
  close(): void;
}

/** Has long computations done by a worker, so that the page stays responsive. Answers to anything but the latest request are passed over. */
export function workerRunner<Request extends Numbered, Answer extends Numbered>(
  worker: Worker,
  listener: AnswerListener<Answer>,
): WorkerRunner<Request> {
  let id = 0;
  worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
    if (data.id === id) listener.answer(data);
  });
  worker.addEventListener('error', ({ message }) => listener.failed(message || 'its script did not load'));
  return {
    start(request) {
      id += 1;
      worker.postMessage({ ...request, id }, []);
    },
    close: () => worker.terminate(),
  };
}
