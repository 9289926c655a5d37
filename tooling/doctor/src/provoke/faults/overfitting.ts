import type { Fault } from './fault.ts';
import { chance, end, finite, gap, numbers } from './symptoms.ts';

export const overfitting: Fault = {
  provoke: (settings, draws) => ({
    ...settings,
    hidden: Array.from({ length: draws.whole(1, 2) }, () => draws.oneOf([128, 192, 256])),
    samples: draws.whole(70, 250),
    wrong: draws.oneOf([0, 0.05, 0.1, 0.15]),
    epochs: draws.whole(25, 55),
    rate: settings.rate * 1.5,
  }),
  shows: (run) =>
    finite(run) &&
    end(run.curves.val_loss) > 1.15 * Math.min(...numbers(run.curves.val_loss)) &&
    gap(run) > 0.25 * chance(run) &&
    end(run.curves.train_loss) < 0.4 * chance(run),
};
