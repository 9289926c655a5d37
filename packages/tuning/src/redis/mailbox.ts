import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';

/** Seconds after which messages that nobody took are gone, where no more come: whoever waits for one asks again. */
const KEPT = 3600;

/** Seconds for which one look into a mailbox lasts. */
const LOOK = 5;

/** Milliseconds after which a connection that said nothing, not even that there is nothing, is made anew. */
const DEAD = 15_000;

/** Leaves a message. */
export async function leave(redis: Redis, key: string, message: Buffer): Promise<void> {
  await redis.multi().rpush(key, message).expire(key, KEPT).exec();
}

/**
 * Takes each message that is left under a key, in order, over a connection of its own.
 *
 * @returns A function that ends it.
 */
export function collect(redis: Redis, key: string, hear: (message: Buffer) => void): () => void {
  const connection = redis.duplicate({ lazyConnect: false });
  connection.on('error', () => {}); // it comes back by itself, and whoever waits asks again
  let open = true;
  const look = async (): Promise<void> => {
    while (open) {
      const silent = setInterval(() => connection.disconnect(true), DEAD).unref();
      try {
        const taken = await connection.blpopBuffer(key, LOOK);
        if (taken !== null && open) hear(taken[1]);
      } catch {
        if (open) await sleep(200);
      } finally {
        clearInterval(silent);
      }
    }
  };
  void look();
  return () => {
    open = false;
    connection.disconnect();
  };
}
