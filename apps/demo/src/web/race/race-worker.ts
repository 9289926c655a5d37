import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { parseFormula } from '../formula/parse-formula.ts';
import { breath, inSlices } from '../work/in-slices.ts';
import type { RaceAnswer, RaceRequest } from './race-protocol.ts';
import { transformOf, type Racer } from './rules.ts';
import { runRacer } from './run-racer.ts';
import { refused, type Trace } from './trace.ts';

const ready = setBackend('cpu'); // two weights: any other backend would mostly wait
let latest = 0;

/** @returns `undefined` where a later request has come. */
async function traceOf(request: RaceRequest, racer: Racer): Promise<Trace | undefined> {
  try {
    const run = runRacer({ ...request, formula: parseFormula(request.formula), transform: transformOf(racer, request) });
    return await inSlices(run, () => request.id === latest);
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error));
  }
}

async function race(request: RaceRequest): Promise<void> {
  await ready;
  for (const [index, racer] of request.racers.entries()) {
    const trace = await traceOf(request, racer);
    if (trace === undefined || request.id !== latest) return;
    const { points, losses, gradients, velocities, rates } = trace;
    const answer: RaceAnswer = { id: request.id, racer: index, trace };
    postMessage(answer, { transfer: [points, losses, gradients, velocities, rates].map(({ buffer }) => buffer) });
    await breath();
  }
}

addEventListener('message', ({ data }: MessageEvent<RaceRequest>) => {
  latest = data.id;
  void race(data);
});
