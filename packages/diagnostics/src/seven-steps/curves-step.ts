import type { Verdict } from '../before-training/check.ts';
import { shortNumber } from '../before-training/check-text.ts';
import { diagnose, type Diagnosis } from '../doctor/diagnose.ts';
import type { Finding } from '../doctor/rule.ts';
import { bestOf } from './grid-search.ts';
import type { Found, GuidedTrial, Outcome } from './guided-step.ts';
import type { StepOfWalk, Walk } from './walk.ts';
import { settingsText } from './words.ts';

/** Slide 54: what the curves of the best run say. */
export const curvesStep: StepOfWalk = {
  name: 'the curves',
  does: 'Reads the loss and accuracy curves of the best run as the curve doctor does.',
  pointless: ({ trials }) => (trials.length === 0 ? 'Nothing was trained, so that there are no curves.' : undefined),
  run: read,
};

const BROKEN: readonly Finding[] = ['diverged_nan', 'bad_initialization'];

async function read(_walk: Walk, { best, trials, initialLoss = Number.NaN }: Found): Promise<Outcome> {
  const longest = trials.filter(({ step }) => step === 5);
  const shown = longestOf(best, longest) ?? best ?? bestOf(trials);
  if (shown === undefined) throw new RangeError('no run'); // refused by `pointless`
  const { curves, settings, loss } = shown;
  const diagnosis = diagnose(curves);
  const { confidence } = diagnosis;
  return {
    check: {
      kind: 'check',
      name: curvesStep.name,
      verdict: verdictOf(diagnosis),
      summary: `${settingsText(settings)}: ${diagnosis.explanation}`,
      numbers: { epochs: curves.trainLoss.length, confidence, loss, trainLoss: curves.trainLoss.at(-1) ?? Number.NaN },
      advice: diagnosis.advice,
      meaning: 'Curves of a run that blew up or never began say that its settings are of no use, however good its last number looks.',
    },
    chart: {
      title: `The best run: ${settingsText(settings)}`,
      xLabel: 'epoch',
      yLabel: 'loss',
      series: [
        { name: 'training', y: curves.trainLoss },
        { name: 'validation', y: curves.validationLoss ?? [] },
      ],
      guides: [{ y: initialLoss, label: `before training: ${shortNumber(initialLoss)}` }],
    },
    diagnosis,
  };
}

/** The best of the longer runs: a curve of one epoch says little, even where it ended lower. */
const longestOf = (best: GuidedTrial | undefined, longer: readonly GuidedTrial[]): GuidedTrial | undefined =>
  best !== undefined && longer.includes(best) ? best : bestOf(longer);

const verdictOf = ({ finding }: Diagnosis): Verdict => (finding === 'healthy' ? 'ok' : BROKEN.includes(finding) ? 'failed' : 'warning');
