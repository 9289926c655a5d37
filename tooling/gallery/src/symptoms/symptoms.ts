import { setBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { registerWasmTrainingKernels } from '@downhill/wasm-kernels';
import type { Gallery } from '../gallery.ts';
import { allSymptoms } from './all-symptoms.ts';
import { drawn } from './drawn.ts';
import { provoke } from './provoke.ts';
import type { SymptomRun } from './symptom.ts';

/** What training looks like when something is wrong with it: a run for each finding of the doctor, really trained. */
export const symptoms: Gallery = {
  of: 'diagnostics',
  async draw(tell) {
    await setBackend('wasm');
    await registerWasmTrainingKernels();
    const runs: SymptomRun[] = [];
    for (const symptom of allSymptoms) {
      tell(`a run with ${symptom.finding}`);
      runs.push(await provoke(symptom));
    }
    return drawn(runs);
  },
};
