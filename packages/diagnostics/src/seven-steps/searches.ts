import { searched } from './search-step.ts';
import type { Found } from './guided-step.ts';
import type { SearchDimension } from './search.ts';
import type { StepOfWalk } from './walk.ts';

const DECADE = 10;
/** The way from one learning rate of the coarse search to the next, where there are five. */
const HALF_DECADE = Math.sqrt(DECADE);

const verdictOf = ({ steps }: Found, wanted: number): string | undefined => steps.find(({ step }) => step === wanted)?.verdict;

/** Slide 52: a few learning rates around that of step 3 with each of a few weight decays, trained briefly. */
export const coarseSearchStep: StepOfWalk = {
  name: 'a coarse search',
  does: 'Trains briefly with learning rates around the one found and with each weight decay.',
  pointless(found) {
    const verdict = verdictOf(found, 3);
    if (verdict === undefined) return 'No learning rate was looked for: mend the steps before first.';
    return verdict === 'failed' ? 'Where no rate makes the loss fall there is nothing to search among: mend step 3 first.' : undefined;
  },
  run: (walk, found) =>
    searched(walk, found, {
      step: 4,
      name: coarseSearchStep.name,
      space: {
        learningRate: around(found.learningRate ?? 1e-3, DECADE),
        weightDecay: { kind: 'categorical', choices: walk.weightDecays },
      },
      budget: walk.coarse,
      target: { loss: found.guess ?? Infinity, words: 'the loss of a guess' },
      goOn: 'Go on: search more finely around it, and train longer.',
      meaning: 'Settings that all stay at the level of a guess were trained too briefly, or at rates that are far too high or too low.',
    }),
};

/** Slide 53: closer around the best, for longer, without decay of the learning rate. */
export const fineSearchStep: StepOfWalk = {
  name: 'a finer search',
  does: 'Trains for longer with settings close to the best of the coarse search.',
  pointless(found) {
    if (found.best !== undefined) return undefined;
    return verdictOf(found, 4) === undefined
      ? 'There was no coarse search to refine: mend the steps before first.'
      : 'No run of the coarse search did better than a guess: there is nothing to refine.';
  },
  run: (walk, found) => {
    const { learningRate = 1e-3, weightDecay = 0 } = found.best?.settings ?? {};
    return searched(walk, found, {
      step: 5,
      name: fineSearchStep.name,
      space: {
        learningRate: around(learningRate, Math.sqrt(HALF_DECADE)),
        weightDecay: weightDecay === 0 ? { kind: 'categorical', choices: [0] } : around(weightDecay, HALF_DECADE),
      },
      budget: walk.fine,
      target: { loss: found.best?.loss ?? Infinity, words: 'the loss of the coarse search' },
      goOn: 'Go on: look at the curves of the best run.',
      meaning: 'Training that is longer and finer but no better has reached what this model and these data give, or began to overfit.',
    });
  },
};

/** From so many times below a value to as many times above it. */
const around = (value: number, times: number): SearchDimension => ({ kind: 'float', low: value / times, high: value * times, log: true });
