import { indexedDbStore } from '@downhill/core';
import { registerRules } from '../../recipe/rules.ts';
import { digitsFile } from '../digits/digits-file.ts';
import { fetchDigits } from '../digits/fetch-digits.ts';
import { openBackend } from './open-backend.ts';
import { session } from './session.ts';
import type { TrainAnswer, TrainRequest } from './train-protocol.ts';

registerRules();

const { take } = session({
  tell: (answer: TrainAnswer) => postMessage(answer),
  stores: (folder) => indexedDbStore(folder),
  openBackend,
  loadDigits: (limit) => fetchDigits(limit, digitsFile),
  alone: (id, work) =>
    navigator.locks.request(`downhill/${id}`, { ifAvailable: true }, (lock) => {
      if (lock === null) throw new Error('Another page of this browser is at work on this run: stop it there first.');
      return work();
    }),
});

addEventListener('message', ({ data }: MessageEvent<TrainRequest>) => void take(data));
