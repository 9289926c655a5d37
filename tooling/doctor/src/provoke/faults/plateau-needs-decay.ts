import type { Fault } from './fault.ts';
import { chance, constant, end, finite, median } from './symptoms.ts';

export const plateauNeedsDecay: Fault = {
  provoke: (settings, draws) => ({
    ...settings,
    ...constant,
    rate: settings.rate * draws.logUniform(2, 8),
    batch: draws.oneOf([8, 16]),
    epochs: draws.whole(24, 40),
  }),
  async shows(run) {
    if (!finite(run) || end(run.curves.train_loss) > 0.5 * chance(run) || end(run.curves.train_loss) < 0.02 * chance(run)) return false;
    if (end(run.curves.val_loss) > 2 * end(run.curves.train_loss)) return false; // that would be overfitting
    const half = Math.floor(run.curves.train_loss.length / 2);
    if (median(run.curves.train_loss.slice(half, half + 4)) > 1.6 * end(run.curves.train_loss)) return false;
    const { before, after } = await run.goOn(5, 0.1);
    return after < 0.7 * before;
  },
};
