import type { StudyView } from '@downhill/core';
import { numberText } from '@downhill/core/page';
import { countsText } from '../report/counts-text.ts';
import type { Settlement } from '../study/settling/settle.ts';
import { bestTrial } from '../view/trials.ts';

/** The best trial as the program prints it: the winner of its repeats, where there were such. Undefined where no trial is complete. */
export function bestOf(view: StudyView, settlement: Settlement | undefined): Readonly<Record<string, unknown>> | undefined {
  const trial = settlement === undefined ? bestTrial(view) : view.trials[settlement.winner.number];
  if (trial === undefined) return undefined;
  const { number, value, settings, attributes } = trial;
  return {
    study: view.name,
    number,
    value,
    settings,
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
    ...(settlement === undefined ? {} : { settled: settledOf(settlement) }),
  };
}

const settledOf = ({ winner, tied, isTie }: Settlement): Readonly<Record<string, unknown>> => ({
  mean: winner.mean,
  standardError: winner.standardError,
  values: winner.values,
  isTie,
  tiedWith: tied.map(({ number }) => number),
});

/** What the study came to, in a line for who looks on. */
export function summaryOf(view: StudyView, settlement: Settlement | undefined): string {
  const best = bestTrial(view);
  const error = view.trials.findLast(({ state }) => state === 'failed')?.error?.replace(/\s*\n[^]*/, '');
  return [
    countsText(view.trials),
    best?.value === undefined ? 'None is complete.' : `The best value is ${numberText(best.value, 6)}, of trial ${best.number}.`,
    ...(settlement === undefined ? [] : [settlementText(settlement)]),
    ...(error === undefined ? [] : [`The last that failed: ${error}`]),
  ].join(' ');
}

const settlementText = ({ winner, tied, isTie }: Settlement): string =>
  isTie
    ? `Measured again, trial ${winner.number} (mean ${numberText(winner.mean, 6)}) is tied with ${tied.map(({ number }) => number).join(', ')}: the noise does not tell them apart.`
    : `Measured again, trial ${winner.number} wins (mean ${numberText(winner.mean, 6)}, standard error ${numberText(winner.standardError, 2)}).`;
