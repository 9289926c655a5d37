import type { Fault } from './fault.ts';
import { chance, end, finite } from './symptoms.ts';

export const lrDecayedTooEarly: Fault = {
  provoke(settings, draws) {
    const at = draws.uniform(0.05, 0.18);
    return draws.whole(0, 1) === 0
      ? { ...settings, decayName: 'step', decay: (share) => (share < at ? 1 : 0.03) }
      : { ...settings, decayName: 'exponential', decay: (share) => 0.1 ** (share / at) };
  },
  async shows(run) {
    if (!finite(run) || end(run.curves.train_loss) < 0.12 * chance(run)) return false;
    const { before, after } = await run.goOn(10, 1);
    return after < 0.7 * before;
  },
};
