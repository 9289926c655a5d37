import type { Redis } from 'ioredis';
import type { Channel, ToStudy, ToTrial } from '../parallel/trial-message.ts';
import { packLetter, unpackReply } from './frame.ts';
import { collect, leave } from './mailbox.ts';
import type { MailKeys } from './study-keys.ts';

/** Milliseconds after which what was not answered is asked again: the study's process may have died with it. It doubles, up to the last. */
const AGAIN = 5000;
const AGAIN_AT_MOST = 60_000;

/** The line from a worker to the study of its trial. */
export interface StudyLine extends Channel<ToStudy, ToTrial> {
  /** Says to the trial that another worker has it. */
  lose(): void;
  close(): void;
}

/** @param start How often the job was started: BullMQ's `attemptsStarted`. */
export function studyLine(redis: Redis, keys: MailKeys, token: string, start: number): StudyLine {
  const answers = keys.answers(token, start);
  const unanswered = new Map<number, NodeJS.Timeout>();
  let hear: (message: ToTrial) => void = () => {};
  const ask = (id: number, letter: Buffer, again: number): void => {
    leave(redis, keys.requests, letter).catch(() => {}); // asked again if it did not arrive
    unanswered.set(
      id,
      setTimeout(() => ask(id, letter, Math.min(again * 2, AGAIN_AT_MOST)), again),
    );
  };
  const stop = collect(redis, answers, (bytes) => {
    const message = unpackReply(bytes);
    if ('id' in message) {
      clearTimeout(unanswered.get(message.id));
      unanswered.delete(message.id);
    }
    hear(message);
  });
  return {
    send: (message) => ask(message.id, packLetter({ token, answers, message }), AGAIN),
    listen(listener) {
      hear = listener;
      return () => {
        hear = () => {};
      };
    },
    lose: () => hear({ type: 'lost' }),
    close() {
      for (const timer of unanswered.values()) clearTimeout(timer);
      stop();
    },
  };
}
