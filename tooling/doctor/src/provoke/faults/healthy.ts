import type { Fault } from './fault.ts';
import { chance, end, finite, gap, last, numbers } from './symptoms.ts';

export const healthy: Fault = {
  provoke: (settings, draws) => (draws.whole(0, 3) === 0 ? { ...settings, epochs: draws.whole(8, 20) } : settings),
  async shows(run) {
    if (!finite(run) || end(run.curves.train_loss) > 0.3 * chance(run) || gap(run) > 0.15 * chance(run)) return false;
    if (last(run.curves.val_loss) > 1.15 * Math.min(...numbers(run.curves.val_loss))) return false;
    const { before, after } = await run.goOn(5, 0.1);
    return before - after < 0.03 * chance(run) || after > 0.85 * before;
  },
};
