import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import { checkNumber, complete, DownhillError, isDownhillError, type Settings } from '@downhill/core';
import { Piscina } from 'piscina';
import type { Pruned, Trial } from '../study/trial.ts';
import { moduleUrl } from './objective-module.ts';
import { portChannel } from './port-channel.ts';
import { serveTrial, type ServedTrial } from './serve-trial.ts';
import type { ToStudy, ToTrial } from './trial-message.ts';
import { resultOf, type TrialOutcome } from './trial-outcome.ts';
import type { ThreadRequest } from './trial-thread.ts';

/** Options of {@link objectiveInThreads}. */
export interface ObjectiveInThreadsOptions {
  /**
   * The module that exports the objective as `objective`, or as its default, as a URL or a path. Each thread imports it once. One in TypeScript
   * is read through tsx, where Node cannot read it and tsx is installed.
   */
  readonly module: URL | string;
  /** @defaultValue the processor's cores, as Node counts them */
  readonly threads?: number;
  /** Node's options for the threads. @defaultValue those of this process */
  readonly execArgv?: readonly string[];
}

/** An objective that runs in worker threads. */
export interface ObjectiveInThreads<Sampled extends Settings = Settings> {
  (trial: Trial<Sampled>): Promise<number | Pruned>;
  /** Imports the module in a thread. @throws what importing it throws, before any trial fails for it. */
  load(): Promise<void>;
  /** Ends the threads. */
  close(): Promise<void>;
}

/** A thread that dies hands its trial to another one so many times: BullMQ's default for its workers (`maxStalledCount`). */
const HANDED_ON = 1;

const THREAD = fileURLToPath(new URL(`./trial-thread${/\.[jt]s$/.exec(import.meta.url)?.[0]}`, import.meta.url));

/**
 * An objective whose trials run in worker threads, each in one of them: the values are those that the module's objective gives without threads,
 * bit for bit. Reports, attributes, checkpoints and the signal reach the trial as they do without.
 *
 * A thread that dies, by `process.exit` or an error that nobody caught, hands its trial to another thread once, which goes on from the trial's
 * checkpoint; when that one dies too, the trial fails. The study goes on.
 *
 *     const objective = objectiveInThreads({ module: new URL('./objective.js', import.meta.url) });
 *     await study.optimize(objective, { trials: 100, parallel: 4 });
 *     await objective.close();
 *
 * @example
 * const objective = objectiveInThreads({ module: 'data:text/javascript,export const objective = ({ settings }) => settings.x ** 2', threads: 2 });
 * typeof objective; // 'function'
 *
 * @throws DownhillError `invalid-argument` where there is no such module, or `threads` is not a whole number of at least 1.
 */
export function objectiveInThreads<Sampled extends Settings = Settings>(options: ObjectiveInThreadsOptions): ObjectiveInThreads<Sampled> {
  const { module, threads, execArgv } = complete('objectiveInThreads', options, {
    module: '',
    threads: availableParallelism(),
    execArgv: process.execArgv,
  });
  const url = moduleUrl('objectiveInThreads', module);
  checkNumber('objectiveInThreads', { threads }, { min: 1, integer: true });
  let pool: Piscina | undefined;
  let closed = false;
  const run: RunInThread = async (request) => {
    if (closed) throw new DownhillError({ code: 'disposed', source: 'objectiveInThreads', problem: 'it was closed' });
    pool ??= new Piscina({
      filename: THREAD,
      name: 'runInThread',
      minThreads: threads,
      maxThreads: threads,
      execArgv: [...execArgv],
      atomics: 'disabled', // a thread that waits for its next trial must not block its event loop
    });
    return (await pool.run(request, request.port === undefined ? {} : { transferList: [request.port] })) as TrialOutcome;
  };
  return Object.assign((trial: Trial<Sampled>) => inThread(run, url, trial), {
    load: async () => void resultOf(await run({ module: url })),
    close: async () => {
      closed = true;
      await pool?.destroy();
    },
  });
}

type RunInThread = (request: ThreadRequest) => Promise<TrialOutcome>;

async function inThread(run: RunInThread, module: string, trial: Trial): Promise<number | Pruned> {
  const served = serveTrial(trial);
  try {
    return resultOf(await inSomeThread(run, module, trial, served));
  } finally {
    served.end();
  }
}

async function inSomeThread(run: RunInThread, module: string, trial: Trial, served: ServedTrial): Promise<TrialOutcome> {
  for (let died = 0; ; died++) {
    const { port1: ours, port2: theirs } = new MessageChannel();
    const disconnect = served.connect(portChannel<ToTrial, ToStudy>(ours));
    const outcome = await run({ module, port: theirs })
      .catch((cause: unknown) => {
        if (isDownhillError(cause)) throw cause;
        if (trial.signal.aborted || died === HANDED_ON) throw lost(cause);
      })
      .finally(() => {
        disconnect();
        ours.close();
      });
    if (outcome !== undefined) return outcome;
  }
}

const lost = (cause: unknown): DownhillError =>
  new DownhillError({
    code: 'trial-lost',
    source: 'objectiveInThreads',
    problem: `the trial's thread died: ${cause instanceof Error ? cause.message : String(cause)}`,
    advice: 'Throw in the objective what should fail a trial, and await its promises.',
    cause,
  });
