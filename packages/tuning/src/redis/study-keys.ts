import { createHash } from 'node:crypto';
import type { TrialTask } from '../parallel/trial-message.ts';

/** What all keys in Redis begin with, in place of BullMQ's `bull`. */
export const PREFIX = 'downhill';

/** The queue of a study: BullMQ's names cannot have every sign. */
export const queueName = (study: string): string => encodeURIComponent(study);

/** There while a process that optimizes the study lives. */
export const presenceKey = (study: string): string => `${PREFIX}-present:${study}`;

/** The studies of keys that {@link presenceKey} gave. */
export const studyOf = (key: string): string => key.slice(presenceKey('').length);

/** The job of a trial. Its name has the number and what the trial is, so that nobody takes up one of an older study of the same name. */
export function jobId({ number, settings, repeat, seed }: TrialTask): string {
  const what = createHash('sha256').update(JSON.stringify([settings, repeat, seed]));
  return `trial-${number}-${what.digest('hex').slice(0, 12)}`;
}

/** Where those who run a trial and its study leave messages for one another. */
export interface MailKeys {
  /** What the study is asked, by whoever has the job. */
  readonly requests: string;
  /** What it says to the one who has the job: under this token of BullMQ's, which a worker may have several times, and at that start of the job. */
  readonly answers: (token: string, start: number) => string;
  /** Where BullMQ keeps the token of the one who has the job. */
  readonly lock: string;
}

export function mailKeys(study: string, job: string): MailKeys {
  const base = `${PREFIX}:${queueName(study)}:${job}`;
  return { requests: `${base}:requests`, answers: (token, start) => `${base}:answers:${token}:${start}`, lock: `${base}:lock` };
}
