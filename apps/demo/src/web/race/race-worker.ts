import '@tensorflow/tfjs-backend-cpu';
import { plainMessage } from '@downhill/core';
import { setBackend } from '@tensorflow/tfjs-core';
import { parseFormula } from '../formula/parse-formula.ts';
import { answerRequests, type Asked } from '../work/answer-requests.ts';
import { breath, inSlices } from '../work/in-slices.ts';
import type { RaceAnswer, RaceRequest } from './race-protocol.ts';
import { transformOf, type Racer } from './rules.ts';
import { runRacer } from './run-racer.ts';
import { refused, type Trace } from './trace.ts';

const ready = setBackend('cpu'); // two weights: any other backend would mostly wait

/** @returns `undefined` where a later request has come. */
async function traceOf(request: RaceRequest, racer: Racer, signal: AbortSignal): Promise<Trace | undefined> {
  try {
    const run = runRacer({ ...request, formula: parseFormula(request.formula), transform: transformOf(racer, request) });
    return await inSlices(run, signal);
  } catch (error) {
    return refused(plainMessage(error));
  }
}

async function race(request: RaceRequest, { signal, tell }: Asked<RaceAnswer>): Promise<void> {
  await ready;
  for (const [racer, settings] of request.racers.entries()) {
    const trace = await traceOf(request, settings, signal);
    if (trace === undefined) return;
    const { points, losses, gradients, velocities, rates } = trace;
    tell(
      { racer, trace },
      [points, losses, gradients, velocities, rates].map(({ buffer }) => buffer),
    );
    await breath();
  }
}

answerRequests(race);
