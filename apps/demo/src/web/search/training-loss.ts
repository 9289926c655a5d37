import { momentumRule, smallRun } from '../schedules/small-run.ts';

const STEPS = 50;

/** A real small training on two half moons: its loss over all points at the end, for a learning rate and a weight decay. */
export function trainingLoss(rate: number, decay: number): number {
  const run = smallRun(momentumRule(rate, decay), STEPS, STEPS);
  for (;;) {
    const { done, value } = run.next();
    if (done === true) return value.at(-1) ?? Number.NaN;
  }
}
