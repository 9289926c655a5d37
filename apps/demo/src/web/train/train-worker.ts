import { indexedDbStore } from '@downhill/core';
import { registerRules } from '../../recipe/rules.ts';
import { fetchDigits } from './fetch-digits.ts';
import { openBackend } from './open-backend.ts';
import { session } from './session.ts';
import type { TrainAnswer, TrainRequest } from './train-protocol.ts';

registerRules();

/** The files that the build writes beside the page; workers lie one folder deeper. */
async function read(name: string): Promise<Uint8Array> {
  const response = await fetch(new URL(`../digits/${name}`, self.location.href));
  if (!response.ok)
    throw new Error(`The images could not be fetched: ${response.url} gave ${response.status}. Check the connection and try again.`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Pages without https have no locks, nor the checksums of checkpoints: the first of these says so. */
async function alone(id: string, work: () => Promise<void>): Promise<void> {
  if (!isSecureContext) return work();
  return navigator.locks.request(`downhill/${id}`, { ifAvailable: true }, (lock) => {
    if (lock === null) throw new Error('Another page of this browser is at work on this run: stop it there first.');
    return work();
  });
}

const { take } = session({
  tell: (answer: TrainAnswer) => postMessage(answer),
  stores: (folder) => indexedDbStore(folder),
  openBackend,
  loadDigits: (limit) => fetchDigits(limit, read),
  alone,
});

addEventListener('message', ({ data }: MessageEvent<TrainRequest>) => void take(data));
