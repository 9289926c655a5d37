import type { Fault } from './fault.ts';
import { finite, median } from './symptoms.ts';

export const dataLabelNoise: Fault = {
  provoke: (settings, draws) => ({
    ...settings,
    wrong: draws.uniform(0.2, 0.42),
    samples: 1000,
    hidden: Array.from({ length: draws.whole(1, 2) }, () => draws.oneOf([16, 24, 32])),
  }),
  shows: (run) => finite(run) && median(run.curves.val_acc.slice(-8)) > median(run.curves.train_acc.slice(-8)) + 0.08,
};
