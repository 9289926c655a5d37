import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { answerRequests, type Asked } from '../work/answer-requests.ts';
import { calmly } from '../work/calmly.ts';
import { breath } from '../work/in-slices.ts';
import { MESHES, meshPoints } from './landscape.ts';
import { oddsOf } from './odds.ts';
import { problemOf } from './problem.ts';
import { runSearch, WAYS, type SearchTrial } from './run-search.ts';
import type { SearchAnswer, SearchRequest } from './search-protocol.ts';
import { toyLoss } from './toy-loss.ts';
import { trainingLoss } from './training-loss.ts';

const OFTEN = 60; // ms between two answers
const SEEDS = 40; // under which the function is searched for the odds

const ready = setBackend('cpu'); // some eighty weights: any other backend would mostly wait
const trained = new Map<string, number>(); // a training's loss follows from its two numbers

async function trainedLoss(rate: number, decay: number): Promise<number> {
  const key = `${rate} ${decay}`;
  const loss = trained.get(key) ?? trainingLoss(rate, decay);
  if (!trained.has(key)) await breath();
  trained.set(key, loss);
  return loss;
}

/** Trains at every point of the picture, once for as long as the page is open. */
async function survey(request: SearchRequest, { signal, tell }: Asked<SearchAnswer>): Promise<void> {
  const losses: number[] = [];
  const tellAtTimes = calmly(tell, OFTEN);
  for (const [x, y] of meshPoints(problemOf(request), MESHES.training)) {
    if (signal.aborted) return;
    losses.push(await trainedLoss(x, y));
    tellAtTimes({ kind: 'landscape', losses });
  }
  tell({ kind: 'landscape', losses });
}

answerRequests<SearchRequest, SearchAnswer>(async (request, asked) => {
  const { signal, tell } = asked;
  await ready;
  const toy = toyLoss(request.weight);
  for (const [index, way] of WAYS.entries()) {
    const trials: SearchTrial[] = [];
    const tellAtTimes = calmly(tell, OFTEN);
    await runSearch({
      way,
      state: request,
      loss: request.objective === 'function' ? toy : trainedLoss,
      signal,
      onTrial(trial) {
        trials.push(trial);
        tellAtTimes({ kind: 'trials', way: index, trials });
      },
    });
    if (signal.aborted) return;
    tell({ kind: 'trials', way: index, trials });
  }
  tell({ kind: 'searched' });
  if (request.objective === 'training') return await survey(request, asked);
  const odds = await oddsOf({ state: request, loss: toy, signal }, SEEDS);
  if (odds !== undefined) tell({ kind: 'odds', odds });
});
