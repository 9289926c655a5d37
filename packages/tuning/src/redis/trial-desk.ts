import type { Redis } from 'ioredis';
import type { ServedTrial } from '../parallel/serve-trial.ts';
import type { ToStudy } from '../parallel/trial-message.ts';
import { packReply, unpackLetter, type Letter } from './frame.ts';
import { collect, leave } from './mailbox.ts';
import type { MailKeys } from './study-keys.ts';

/**
 * The study's end of the lines to a trial: answers whoever has the trial's job, and nobody else. A worker that lost its job, and comes back
 * late, is told so.
 *
 * @returns A function that ends it.
 */
export function trialDesk(redis: Redis, keys: MailKeys, served: ServedTrial): () => void {
  const answered = new Set<string>();
  let token: string | undefined;
  let hear: (message: ToStudy) => void = () => {};
  let disconnect = (): void => {};

  function serve(holder: string): void {
    disconnect();
    token = holder;
    answered.add(keys.answers(holder));
    disconnect = served.connect({
      send: (message) => void leave(redis, keys.answers(holder), packReply(message)).catch(() => {}), // it is asked again
      listen(listener) {
        hear = listener;
        return () => {
          hear = () => {};
        };
      },
    });
  }

  async function take(letter: Letter): Promise<void> {
    if (letter.token !== token) {
      if ((await redis.get(keys.lock)) !== letter.token) return leave(redis, keys.answers(letter.token), packReply({ type: 'lost' }));
      serve(letter.token);
    }
    hear(letter.message);
  }

  let before: Promise<void> = Promise.resolve();
  const stop = collect(redis, keys.requests, (bytes) => {
    before = before.then(() => take(unpackLetter(bytes))).catch(() => {}); // it is asked again
  });
  return () => {
    stop();
    disconnect();
    for (const key of answered) redis.del(key).catch(() => {}); // it goes by itself, later
  };
}
