// Runs in a worker thread of the pool, one trial after another.
import type { MessagePort } from 'node:worker_threads';
import type { Objective } from '../study/trial.ts';
import { objectiveOf } from './objective-module.ts';
import { portChannel } from './port-channel.ts';
import { remoteTrial } from './remote-trial.ts';
import type { ToStudy, ToTrial } from './trial-message.ts';
import type { TrialOutcome } from './trial-outcome.ts';
import { writeError } from './written-error.ts';

/** What a thread is asked: to load an objective, and to run a trial where there is a port to it. */
export interface ThreadRequest {
  /** The URL of the module. */
  readonly module: string;
  readonly port?: MessagePort;
}

const loaded = new Map<string, Promise<Objective>>();

function load(module: string): Promise<Objective> {
  const objective = loaded.get(module) ?? objectiveOf('objectiveInThreads', module);
  loaded.set(module, objective);
  return objective;
}

/** Runs a trial in this thread. Whatever the objective does is an outcome; where there is none, the thread is dead. */
export async function runInThread({ module, port }: ThreadRequest): Promise<TrialOutcome> {
  let objective: Objective;
  try {
    objective = await load(module);
  } catch (error) {
    return { type: 'failed', error: writeError(error) };
  }
  if (port === undefined) return { type: 'value', value: '0' };
  const remote = await remoteTrial(portChannel<ToStudy, ToTrial>(port));
  try {
    return await remote.run(objective);
  } finally {
    remote.close(); // the thread keeps running for a port that is listened to
  }
}
