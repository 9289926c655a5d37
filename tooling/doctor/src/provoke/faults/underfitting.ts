import type { Fault } from './fault.ts';
import { chance, end, finite, gap } from './symptoms.ts';

export const underfitting: Fault = {
  provoke(settings, draws) {
    const base = { ...settings, filters: 0, samples: 1000 };
    const kind = draws.whole(0, 3);
    if (kind === 0) return { ...base, hidden: [] };
    if (kind === 1) return { ...base, hidden: draws.oneOf([[1], [2], [2, 2]]) };
    return kind === 2 ? { ...base, weightDecay: draws.logUniform(0.02, 0.1) } : { ...base, dropout: draws.uniform(0.75, 0.9) };
  },
  async shows(run) {
    if (
      !finite(run) ||
      end(run.curves.train_loss) < 0.3 * chance(run) ||
      end(run.curves.train_loss) > 0.93 * chance(run) ||
      gap(run) > 0.1 * chance(run)
    )
      return false;
    const { before, after } = await run.goOn(5, 0.3);
    return after > 0.93 * before;
  },
};
