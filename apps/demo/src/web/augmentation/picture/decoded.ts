import type { Pixels } from '../../charts/pixels.ts';

/** Where a picture comes from: a file of the visitor's, or the address of one of ours. */
export interface Source {
  readonly name: string;
  readonly file: Blob | string;
}

/** The middle of a picture, square and as small as we show it, and its size before; or what is wrong, in words. */
export type DecodeAnswer = { readonly pixels: Pixels; readonly width: number; readonly height: number } | { readonly problem: string };

/** Decodes a picture in a worker of its own, so that a huge one stops nothing. The answer never comes where the signal says stop. */
export function decoded(source: Source, signal: AbortSignal): Promise<DecodeAnswer> {
  const worker = new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module', name: 'decode' });
  signal.addEventListener('abort', () => worker.terminate());
  const answer = new Promise<DecodeAnswer>((resolve) => {
    worker.addEventListener('message', ({ data }: MessageEvent<DecodeAnswer>) => resolve(data));
    worker.addEventListener('error', ({ message }) =>
      resolve({ problem: `'${source.name}' could not be decoded: ${message || 'the script did not load'}.` }),
    );
  });
  worker.postMessage(source, []);
  return answer.finally(() => worker.terminate());
}
