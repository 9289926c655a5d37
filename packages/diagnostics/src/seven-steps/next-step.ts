import { worstVerdict } from '../before-training/check.ts';
import { shortNumber } from '../before-training/check-text.ts';
import type { Found, Outcome } from './guided-step.ts';

import type { StepOfWalk, Walk } from './walk.ts';
import { count, lowerFirst, settingsText, spread } from './words.ts';

/** Slide 55: back to a step, or on. */
export const nextStep: StepOfWalk = {
  name: 'what to do next',
  does: 'Puts together what the steps say.',
  pointless: () => undefined,
  run: conclude,
};

async function conclude(_walk: Walk, found: Found): Promise<Outcome> {
  const { steps, trials, best } = found;
  const next = actions(found);
  const verdict = worstVerdict(steps.map((step) => step.verdict));
  const losses = trials.map(({ loss }) => (Number.isFinite(loss) ? loss : null));
  const soFar = losses.map((_, i) => losses.slice(0, i + 1).reduce<number | null>(lower, null));
  const seen = losses.filter((loss) => loss !== null);
  return {
    check: {
      kind: 'check',
      name: nextStep.name,
      verdict,
      summary:
        best === undefined
          ? `${count(steps.filter((step) => step.verdict === 'failed').length, 'step')} failed, and there are no settings to go on with.`
          : `the best settings so far are ${settingsText(best.settings)}, with a validation loss of ${shortNumber(best.loss)} after ${count(best.curves.trainLoss.length, 'epoch')}.`,
      numbers: {
        failed: steps.filter((step) => step.verdict === 'failed').length,
        warnings: steps.filter((step) => step.verdict === 'warning').length,
        trials: trials.length,
        ...(best === undefined ? {} : { ...best.settings, loss: best.loss }),
      },
      advice: next.join(' '),
      meaning: 'A walk with a failed step gives no settings to rely on: what comes after the first that failed changes with it.',
    },
    chart: {
      title: 'Validation loss of all runs, in their order',
      xLabel: 'run',
      yLabel: 'validation loss',
      logY: spread(seen),
      series: [
        { name: 'each run', y: losses, dashed: true },
        { name: 'the best so far', y: soFar },
      ],
    },
    next,
  };
}

/** What failed first, then what the curves say, then what may be better. */
function actions({ steps, best }: Found): readonly string[] {
  const first = steps.find(({ verdict }) => verdict === 'failed');
  const refined = steps.some(({ step }) => step === 5); // a finer search speaks for the coarse one
  const advised = steps.filter((step) => step !== first && step.verdict !== 'ok' && !(refined && step.step === 4));
  return [
    ...(first === undefined ? [] : [`Mend step ${first.step}, ${first.name}, and walk again: ${lowerFirst(first.advice)}`]),
    ...advised.map((step) => `Step ${step.step}, ${step.name}: ${lowerFirst(step.advice)}`),
    ...(best === undefined || first !== undefined
      ? []
      : [
          `Train longer with ${settingsText(best.settings)} and let the rate decay towards the end: the searches kept it constant.`,
          'Go back to step 5 for what is still to choose: the network, the schedule, the rule, dropout and augmentation.',
          'Look at the test data once, when all is chosen.',
        ]),
  ];
}

const lower = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.min(a, b));
