import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import type { DoctorAnswer, DoctorRequest } from './doctor-protocol.ts';
import { provokedRun } from './provoked-run.ts';
import { SENSIBLE } from './recipe.ts';
import { symptomOf } from './symptoms.ts';

const ready = setBackend('cpu'); // a few thousand weights: any other backend would mostly wait
let current = new AbortController();

async function run({ id, finding, seed }: DoctorRequest, signal: AbortSignal): Promise<void> {
  const answer = (part: { kind: 'end' } | { kind: 'problem'; message: string }): void => {
    if (!signal.aborted) postMessage({ id, ...part } satisfies DoctorAnswer);
  };
  await ready;
  try {
    const recipe = { ...SENSIBLE, ...symptomOf(finding).change };
    await provokedRun({
      recipe,
      seed,
      signal,
      onLook: (look) => {
        if (!signal.aborted) postMessage({ id, kind: 'look', look } satisfies DoctorAnswer);
      },
    });
    answer({ kind: 'end' });
  } catch (error) {
    answer({ kind: 'problem', message: error instanceof Error ? error.message : String(error) });
  }
}

addEventListener('message', ({ data }: MessageEvent<DoctorRequest>) => {
  current.abort();
  current = new AbortController();
  void run(data, current.signal);
});
