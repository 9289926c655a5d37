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
  let holder: string | undefined;
  let hear: (message: ToStudy) => void = () => {};
  let disconnect = (): void => {};

  function serve(answers: string): void {
    disconnect();
    holder = answers;
    answered.add(answers);
    disconnect = served.connect({
      send: (message) => void leave(redis, answers, packReply(message)).catch(() => {}), // it is asked again
      listen(listener) {
        hear = listener;
        return () => {
          hear = () => {};
        };
      },
    });
  }

  async function take({ token, answers, message }: Letter): Promise<void> {
    if (answers !== holder) {
      if ((await redis.get(keys.lock)) !== token) return leave(redis, answers, packReply({ type: 'lost' }));
      serve(answers);
    }
    hear(message);
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
