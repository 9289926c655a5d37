import type { Fault } from './fault.ts';

export const divergedNan: Fault = {
  provoke: (settings, draws) =>
    draws.whole(0, 2) === 0
      ? { ...settings, badEpoch: draws.whole(2, settings.epochs - 3) }
      : {
          ...settings,
          loss: 'mse',
          rule: draws.oneOf(['sgd', 'momentum'] as const),
          rate: draws.uniform(1, 4),
          decayName: 'ramp',
          decay: (share) => 20 ** (2 * share),
          activation: 'elu',
        },
  shows: (run) => run.curves.train_loss.includes(null),
};
