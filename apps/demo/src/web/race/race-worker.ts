import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { parseFormula } from '../formula/parse-formula.ts';
import type { RaceAnswer, RaceRequest } from './race-protocol.ts';
import { transformOf, type Racer } from './rules.ts';
import { runRacer } from './run-racer.ts';
import { refused, type Trace } from './trace.ts';

const SLICE = 30; // ms between looks at whether somebody has asked for something else
const ready = setBackend('cpu'); // two weights: any other backend would mostly wait
let latest = 0;

const breath = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** @returns `undefined` where a later request has come. */
async function traceOf(request: RaceRequest, racer: Racer): Promise<Trace | undefined> {
  const formula = parseFormula(request.formula);
  const run = runRacer({ ...request, formula, transform: transformOf(racer, request) });
  try {
    for (let end = performance.now() + SLICE; ;) {
      const { done, value } = run.next();
      if (done === true) return value;
      if (performance.now() < end) continue;
      await breath();
      if (request.id !== latest) return undefined;
      end = performance.now() + SLICE;
    }
  } finally {
    run.return(refused('stopped'));
  }
}

async function race(request: RaceRequest): Promise<void> {
  await ready;
  for (const [index, racer] of request.racers.entries()) {
    const trace = await traceOf(request, racer).catch((error: unknown) => refused(error instanceof Error ? error.message : String(error)));
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
