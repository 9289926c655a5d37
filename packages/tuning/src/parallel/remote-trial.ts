import { DownhillError } from '@downhill/core';
import type { Objective, Trial } from '../study/trial.ts';
import { textOf } from './number-text.ts';
import type { Answer, Channel, ToStudy, ToTrial, TrialRequest, TrialTask } from './trial-message.ts';
import { outcomeOf, type TrialOutcome } from './trial-outcome.ts';
import { readError } from './written-error.ts';

/** A trial of a study that is elsewhere. */
export interface RemoteTrial {
  readonly trial: Trial;
  /** Runs an objective on it. What the objective asked for has reached the study by then, also where the objective did not wait. */
  run(objective: Objective): Promise<TrialOutcome>;
  /** Aborts the trial's signal. */
  stop(): void;
  /** Whether what the objective came to is not the trial's end, as a study sees it: it threw when it was stopped, or heard of it and returned. */
  isCutShort(outcome: TrialOutcome): boolean;
  /** Refuses everything that is still asked for. */
  close(): void;
}

interface Asker {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

const aborted = (problem: string): DownhillError => new DownhillError({ code: 'aborted', source: 'trial', problem });

/**
 * The other side of `serveTrial`: asks for its task, then is a trial like any other.
 *
 * @param reported Told of each report before the study is.
 */
export async function remoteTrial(
  channel: Channel<ToStudy, ToTrial>,
  reported: (step: number, value: number) => void = () => {},
): Promise<RemoteTrial> {
  const controller = new AbortController();
  const waiting = new Map<number, Asker>();
  const unsettled = new Set<Promise<void>>();
  let asked = 0;
  let isHeard = false;
  let closed: DownhillError | undefined;

  const ask = (request: TrialRequest): Promise<Answer> => {
    const answered = new Promise<Answer>((resolve, reject) => {
      if (closed !== undefined) return reject(closed);
      const id = asked++;
      waiting.set(id, { resolve, reject });
      channel.send({ id, request });
    });
    const settled = answered.then(
      () => void unsettled.delete(settled),
      () => void unsettled.delete(settled),
    );
    unsettled.add(settled);
    return answered;
  };
  const close = (why: DownhillError): void => {
    closed ??= why;
    for (const { reject } of waiting.values()) reject(closed);
    waiting.clear();
    end();
  };
  const end = channel.listen((message) => {
    if (message.type === 'stop') return controller.abort(aborted('the study was asked to stop'));
    if (message.type === 'lost') {
      close(aborted('another worker has the trial now'));
      return controller.abort(closed);
    }
    const asker = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.type === 'answer') asker?.resolve(message.answer);
    else asker?.reject(readError(message.error));
  });

  const task = (await ask({ type: 'task' })) as TrialTask;
  const trial: Trial = Object.freeze({
    ...task,
    get signal() {
      if (!isHeard) ask({ type: 'signal' }).catch(() => {}); // refused where the trial has ended
      isHeard = true;
      return controller.signal;
    },
    checkpoints: {
      list: async () => (await ask({ type: 'list' })) as readonly string[],
      read: async (name) => (await ask({ type: 'read', name })) as Uint8Array,
      write: async (name, bytes) => void (await ask({ type: 'write', name, bytes })),
      remove: async (name) => void (await ask({ type: 'remove', name })),
    },
    report: async (step, value) => {
      reported(step, value);
      return (await ask({ type: 'report', step, value: textOf(value) })) as boolean;
    },
    setAttribute: async (key, value) => void (await ask({ type: 'attribute', key, value })),
  } satisfies Trial);

  return {
    trial,
    async run(objective) {
      const outcome = await outcomeOf(objective, trial);
      await Promise.all(unsettled);
      return outcome;
    },
    stop: () => controller.abort(aborted('the worker was asked to stop')),
    isCutShort: ({ type }) => controller.signal.aborted && (type === 'failed' || (type === 'value' && isHeard)),
    close: () => close(aborted('the trial has ended')),
  };
}
