import type { Json, Settings } from '@downhill/core';
import type { WrittenError } from './written-error.ts';

/** What a trial that runs elsewhere is: {@link Trial} less what it must ask for. */
export interface TrialTask {
  readonly number: number;
  readonly settings: Settings;
  readonly repeat: number;
  readonly seed: number;
  readonly reached?: number;
}

/** What is asked of the study on behalf of a trial that runs elsewhere. To ask again, as after a lost answer, does no harm. */
export type TrialRequest =
  | { readonly type: 'task' }
  /** The value as text, which NaN has too: see `textOf`. */
  | { readonly type: 'report'; readonly step: number; readonly value: string }
  | { readonly type: 'attribute'; readonly key: string; readonly value: Json }
  /** The objective has looked at the signal: it wants to be told when the study is asked to stop. */
  | { readonly type: 'signal' }
  | { readonly type: 'list' }
  | { readonly type: 'read' | 'remove'; readonly name: string }
  | { readonly type: 'write'; readonly name: string; readonly bytes: Uint8Array };

/** What the study answers: a task, whether to end, names, bytes, or nothing. */
export type Answer = TrialTask | boolean | readonly string[] | Uint8Array | null;

/** From the trial to the study. */
export interface ToStudy {
  readonly id: number;
  readonly request: TrialRequest;
}

/** From the study to the trial: an answer to the request of that number, or the wish that it stops. */
export type ToTrial =
  | { readonly type: 'answer'; readonly id: number; readonly answer: Answer }
  | { readonly type: 'refusal'; readonly id: number; readonly error: WrittenError }
  | { readonly type: 'stop' }
  /** Another worker has the trial now. */
  | { readonly type: 'lost' };

/** One end of a line between a trial and its study. What is sent at one end is heard at the other, in order. */
export interface Channel<Sent, Heard> {
  send(message: Sent): void;
  /** @returns A function that ends it. */
  listen(hear: (message: Heard) => void): () => void;
}
