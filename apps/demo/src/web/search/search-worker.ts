import '@tensorflow/tfjs-backend-cpu';
import { plainMessage } from '@downhill/core';
import { setBackend } from '@tensorflow/tfjs-core';
import { calmly, type Unnumbered } from '../work/calmly.ts';
import { inSlices } from '../work/in-slices.ts';
import { MESHES, meshPoints } from './landscape.ts';
import { oddsOf } from './odds.ts';
import { problemOf } from './problem.ts';
import { runSearch, WAYS, type SearchTrial } from './run-search.ts';
import type { SearchAnswer, SearchRequest } from './search-protocol.ts';
import { toyLoss } from './toy-loss.ts';
import { trainingLoss } from './training-loss.ts';

const OFTEN = 60; // ms between two answers
const SEEDS = 40; // under which the function is searched for the odds

type Answer = Unnumbered<SearchAnswer>;

const ready = setBackend('cpu'); // some eighty weights: any other backend would mostly wait
const trained = new Map<string, number>(); // a training's loss follows from its two numbers
let latest = new AbortController();

async function trainedLoss(rate: number, decay: number, signal: AbortSignal): Promise<number> {
  const key = `${rate} ${decay}`;
  const known = trained.get(key);
  if (known !== undefined) return known;
  const loss = await inSlices(trainingLoss(rate, decay), () => !signal.aborted);
  if (loss === undefined) throw new Error('nobody waits for it any more');
  trained.set(key, loss);
  return loss;
}

async function search(request: SearchRequest, signal: AbortSignal): Promise<void> {
  const post = (answer: Answer): void => {
    if (!signal.aborted) postMessage({ id: request.id, ...answer } satisfies SearchAnswer);
  };
  try {
    await ready;
    const toy = toyLoss(request.weight);
    const loss = request.objective === 'function' ? toy : (x: number, y: number) => trainedLoss(x, y, signal);
    for (const [index, way] of WAYS.entries()) {
      const trials: SearchTrial[] = [];
      const tell = calmly(post, OFTEN);
      await runSearch({
        way,
        state: request,
        loss,
        signal,
        onTrial(trial) {
          trials.push(trial);
          tell({ kind: 'trials', way: index, trials });
        },
      });
      if (signal.aborted) return;
      post({ kind: 'trials', way: index, trials });
    }
    post({ kind: 'done' });
    if (request.objective === 'training') return await survey(request, signal, post);
    const odds = await oddsOf({ state: request, loss, signal }, SEEDS);
    if (odds !== undefined) post({ kind: 'odds', odds });
  } catch (error) {
    post({ kind: 'problem', message: plainMessage(error) });
  }
}

/** Trains at every point of the picture, once for as long as the page is open. */
async function survey(request: SearchRequest, signal: AbortSignal, post: (answer: Answer) => void): Promise<void> {
  const losses: number[] = [];
  const tell = calmly(post, OFTEN);
  const points = meshPoints(problemOf(request), MESHES.training);
  for (const [x, y] of points) {
    losses.push(await trainedLoss(x, y, signal));
    tell({ kind: 'landscape', losses }, losses.length === points.length);
  }
}

addEventListener('message', ({ data }: MessageEvent<SearchRequest>) => {
  latest.abort();
  latest = new AbortController();
  void search(data, latest.signal);
});
