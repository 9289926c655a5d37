import type { RecipeConfig } from '@downhill/demo/recipe';
import { expose } from './lib/expose.ts';

/** Settings of the run; the others are the recipe's own. */
export type MainJob = Partial<RecipeConfig>;

export type MainJobReply = { readonly hash: string } | { readonly problem: string };

export const calls = {
  /** Trains in a worker. @returns the SHA-256 of the weights */
  hash: (settings: MainJob): Promise<string> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('workers/main-job.ts', import.meta.url), { type: 'module' });
      worker.addEventListener('message', ({ data }: MessageEvent<MainJobReply>) => {
        worker.terminate();
        if ('hash' in data) resolve(data.hash);
        else reject(new Error(data.problem));
      });
      worker.addEventListener('error', ({ message }) => reject(new Error(message || 'the worker could not be loaded')));
      worker.postMessage(settings, []);
    }),
};

expose(calls);

// A browser without a driver is told by the address what to do, and posts what came of it.
const asked = new URLSearchParams(location.search).get('settings');
if (asked !== null) {
  const reply = await calls.hash(JSON.parse(asked) as MainJob).then(
    (hash): MainJobReply => ({ hash }),
    (error: Error): MainJobReply => ({ problem: error.message }),
  );
  await fetch('/reply', { method: 'POST', body: JSON.stringify(reply) });
}
