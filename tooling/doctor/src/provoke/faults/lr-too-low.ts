import type { Fault } from './fault.ts';
import { chance, constant, finite, last } from './symptoms.ts';

export const lrTooLow: Fault = {
  provoke: (settings, draws) => ({
    ...settings,
    ...constant,
    rate: settings.rate / draws.logUniform(40, 700),
    epochs: draws.whole(10, 50),
  }),
  shows(run) {
    const { initial_loss, train_loss } = run.curves;
    const fell = (initial_loss ?? 0) - last(train_loss);
    return (
      finite(run) && last(train_loss) > 0.5 * chance(run) && fell > 0.01 * chance(run) && (train_loss.at(-4) ?? 0) - last(train_loss) > 0
    );
  },
};
