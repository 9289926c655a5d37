import { plainMessage } from '@downhill/core';
import { resultOf, type Result } from '../work/result.ts';
import { shownPicture, type Digits, type DigitsNet } from './digits-net.ts';
import { droppedMaps } from './dropped-maps.ts';
import { pooledPicture } from './pooled-picture.ts';
import type { Part, RegularizationAnswer } from './regularization-protocol.ts';
import type { RegularizationState } from './regularization-state.ts';
import { residualDepth } from './residual-depth.ts';

/** What the parts are worked out of. */
export interface Means {
  readonly digits: Digits;
  /** Turned until the network is there. */
  net(): Generator<void, DigitsNet>;
  /** For each part, what it was last worked out for: where that has not changed it is left alone. It is kept up to date. */
  readonly known: Map<Part, string>;
  tell(answer: RegularizationAnswer): void;
}

/** What each part depends on. */
const DEPENDS: Readonly<Record<Part, (request: RegularizationState) => unknown>> = {
  depth: ({ blocks, survival, convention, seed, step }) => [blocks, survival, convention, seed, step],
  pooled: ({ digit, ratio, regions, overlapping, seed, step }) => [digit, ratio, regions, overlapping, seed, step],
  maps: ({ digit, drop, layer, rate, block, seed, step }) => [digit, drop, layer, rate, block, seed, step],
};

/** Those that need no network come first. */
const ORDER: readonly Part[] = ['depth', 'pooled', 'maps'];

/** Works out the parts of a request that are not known, in turns. */
export function* shownParts(request: RegularizationState, means: Means): Generator<void, true> {
  const { known, tell } = means;
  for (const part of ORDER) {
    const now = JSON.stringify(DEPENDS[part](request));
    if (known.get(part) === now) continue;
    known.delete(part); // it may be given up on the way
    tell(yield* answerOf(part, request, means));
    known.set(part, now);
    yield;
  }
  return true;
}

function* answerOf(part: Part, request: RegularizationState, { digits, net }: Means): Generator<void, RegularizationAnswer> {
  const image = shownPicture(digits, request.digit);
  try {
    switch (part) {
      case 'depth':
        return { part, result: resultOf(() => residualDepth(request)) };
      case 'pooled':
        return { part, result: resultOf(() => pooledPicture(image, request)) };
      case 'maps': {
        const trained = yield* net();
        const work = droppedMaps(trained, image, request);
        return { part, result: yield* attempted(work) };
      }
      default:
        return part satisfies never;
    }
  } finally {
    image.dispose();
  }
}

function* attempted<Shown>(work: Generator<void, Shown>): Generator<void, Result<Shown>> {
  try {
    return { shown: yield* work };
  } catch (error) {
    return { problem: plainMessage(error) };
  }
}
