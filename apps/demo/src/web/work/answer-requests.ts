import { plainMessage } from '@downhill/core';
import type { Failure, Numbered } from './numbered.ts';

/** One request that a worker works on. */
export interface Asked<Answer> {
  /** Aborted once a later request has come. */
  readonly signal: AbortSignal;
  /** Tells the page; nothing is told once a later request has come. */
  tell(answer: Answer, transfer?: readonly Transferable[]): void;
}

/** Has a worker answer what `useWorker` asks: a later request takes the place of an earlier one, an error is told as a message. */
export function answerRequests<Request, Answer>(work: (request: Request, asked: Asked<Answer>) => Promise<void>): void {
  let current = new AbortController();
  addEventListener('message', ({ data: { id, request } }: MessageEvent<Numbered<{ readonly request: Request }>>) => {
    current.abort();
    const { signal } = (current = new AbortController());
    const send = (part: { readonly answer: Answer } | Failure, transfer: readonly Transferable[] = []): void => {
      if (!signal.aborted) postMessage({ id, ...part }, { transfer: [...transfer] });
    };
    work(request, { signal, tell: (answer, transfer) => send({ answer }, transfer) }).catch((error: unknown) =>
      send({ failure: plainMessage(error) }),
    );
  });
}
