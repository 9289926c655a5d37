import type { Fault } from './fault.ts';
import { chance, finite } from './symptoms.ts';

export const badInitialization: Fault = {
  provoke: (settings, draws) =>
    draws.whole(0, 1) === 0
      ? { ...settings, scale: draws.uniform(5, 14) }
      : draws.whole(0, 3) === 0
        ? { ...settings, scale: draws.oneOf([0, 0.001]), hidden: [...settings.hidden, 32] }
        : { ...settings, scale: draws.logUniform(0.02, 0.3), hidden: [48, 48, 48, 32].slice(0, draws.whole(3, 4)) },
  shows(run, { scale, epochs }) {
    if (!finite(run)) return false;
    const { initial_loss, train_loss } = run.curves;
    if (scale > 1) return (initial_loss ?? 0) > 3 * chance(run) && (train_loss[0] ?? 0) < (initial_loss ?? 0);
    return (train_loss[Math.max(3, Math.floor(0.15 * epochs))] ?? 0) > 0.97 * Math.min(chance(run), initial_loss ?? 0);
  },
};
