import type { Fault } from './fault.ts';
import { chance, constant, finite, last } from './symptoms.ts';

export const notTrainedLongEnough: Fault = {
  provoke: (settings, draws) => ({ ...settings, ...constant, rate: settings.rate * draws.uniform(0.4, 1), epochs: draws.whole(5, 16) }),
  async shows(run) {
    const { train_loss } = run.curves;
    if (!finite(run) || last(train_loss) > 0.85 * chance(run) || last(train_loss) < 0.1 * chance(run)) return false;
    const { before, after } = await run.goOn(train_loss.length, 1);
    return after < 0.65 * before;
  },
};
