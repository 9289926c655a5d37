import { setMaxListeners } from 'node:events';
import type { Trial } from '../study/trial.ts';
import type { Answer, Channel, ToStudy, ToTrial, TrialRequest } from './trial-message.ts';
import { writeError } from './written-error.ts';

/** Answers for a trial that runs elsewhere. */
export interface ServedTrial {
  /** What the trial asks over this line is answered, one after the other, until the function that it returns is called. */
  connect(channel: Channel<ToTrial, ToStudy>): () => void;
  /** The trial is over. */
  end(): void;
}

/** The study's side of a trial that runs elsewhere: it may connect several times, one after the other, and each time goes on where it was. */
export function serveTrial(trial: Trial): ServedTrial {
  let { reached } = trial;
  let before: Promise<void> = Promise.resolve();

  let sendStop = (): void => {};
  const stop = (): void => sendStop();
  let signal: AbortSignal | undefined;

  /** Only once it is asked for: a study tells objectives that look at the signal from those that do not. */
  function hearStop(): void {
    signal ??= trial.signal;
    setMaxListeners(0, signal); // trials that run at the same time share one
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
  }

  async function answer(request: TrialRequest): Promise<Answer> {
    const { number, settings, repeat, seed, checkpoints } = trial;
    switch (request.type) {
      case 'task':
        return { number, settings, repeat, seed, ...(reached === undefined ? {} : { reached }) };
      case 'report': {
        const end = await trial.report(request.step, Number(request.value));
        reached = Math.max(reached ?? 0, request.step);
        return end;
      }
      case 'attribute':
        await trial.setAttribute(request.key, request.value);
        return null;
      case 'signal':
        hearStop();
        return null;
      case 'list':
        return checkpoints.list();
      case 'read':
        return checkpoints.read(request.name);
      case 'write':
        await checkpoints.write(request.name, request.bytes);
        return null;
      case 'remove':
        await checkpoints.remove(request.name);
        return null;
      default:
        return request satisfies never;
    }
  }

  return {
    connect(channel) {
      sendStop = () => channel.send({ type: 'stop' });
      const end = channel.listen(({ id, request }) => {
        before = before.then(() =>
          answer(request).then(
            (answered) => channel.send({ type: 'answer', id, answer: answered }),
            (error: unknown) => channel.send({ type: 'refusal', id, error: writeError(error) }),
          ),
        );
      });
      return () => {
        sendStop = () => {};
        end();
      };
    },
    end: () => signal?.removeEventListener('abort', stop),
  };
}
