import type { Fault } from './fault.ts';
import { chance, constant, end, finite } from './symptoms.ts';

export const lrTooHigh: Fault = {
  provoke: (settings, draws) => ({
    ...settings,
    ...constant,
    rate: settings.rate * draws.logUniform(10, 150),
    epochs: draws.whole(8, 50),
  }),
  shows: (run) => finite(run) && end(run.curves.train_loss) > 0.4 * chance(run),
};
