import type { Draws } from './draws.ts';
import type { Run } from './run.ts';
import type { Settings } from './settings.ts';

/** One thing done to a run, and whether its symptom shows. */
export interface Fault {
  provoke(settings: Settings, draws: Draws): Settings;
  shows(run: Run, settings: Settings): boolean | Promise<boolean>;
}

const constant = { decayName: 'constant', decay: () => 1 };
const numbers = (series: readonly (number | null)[]): number[] => series.filter((value) => value !== null);
const last = (series: readonly (number | null)[]): number => series.at(-1) ?? Number.NaN;
const end = (series: readonly (number | null)[]): number => median(series.slice(-3));
const median = (series: readonly (number | null)[]): number =>
  numbers(series).sort((a, b) => a - b)[Math.floor(numbers(series).length / 2)] ?? Number.NaN;
const finite = ({ curves }: Run): boolean => curves.train_loss.every((value) => value !== null) && curves.initial_loss !== null;
/** The loss of one who guesses. */
const chance = ({ curves: { classes, loss } }: Run): number => (loss === 'mse' ? (1 - 1 / classes) / classes : Math.log(classes));
const gap = ({ curves }: Run): number => end(curves.val_loss) - end(curves.train_loss);

const labels = [
  'healthy',
  'bad_initialization',
  'lr_too_high',
  'lr_too_low',
  'lr_decayed_too_early',
  'plateau_needs_decay',
  'overfitting',
  'underfitting',
  'diverged_nan',
  'data_label_noise',
  'not_trained_long_enough',
] as const;
export type FaultName = (typeof labels)[number];

export const faults: Readonly<Record<FaultName, Fault>> = {
  healthy: {
    provoke: (settings, draws) => (draws.whole(0, 3) === 0 ? { ...settings, epochs: draws.whole(8, 20) } : settings),
    async shows(run) {
      if (!finite(run) || end(run.curves.train_loss) > 0.3 * chance(run) || gap(run) > 0.15 * chance(run)) return false;
      if (last(run.curves.val_loss) > 1.15 * Math.min(...numbers(run.curves.val_loss))) return false;
      const { before, after } = await run.goOn(5, 0.1);
      return before - after < 0.03 * chance(run) || after > 0.85 * before;
    },
  },
  bad_initialization: {
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
  },
  lr_too_high: {
    provoke: (settings, draws) => ({
      ...settings,
      ...constant,
      rate: settings.rate * draws.logUniform(10, 150),
      epochs: draws.whole(8, 50),
    }),
    shows: (run) => finite(run) && end(run.curves.train_loss) > 0.4 * chance(run),
  },
  lr_too_low: {
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
  },
  lr_decayed_too_early: {
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
  },
  plateau_needs_decay: {
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
  },
  overfitting: {
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
  },
  underfitting: {
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
  },
  diverged_nan: {
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
  },
  data_label_noise: {
    provoke: (settings, draws) => ({
      ...settings,
      wrong: draws.uniform(0.2, 0.42),
      samples: 1000,
      hidden: Array.from({ length: draws.whole(1, 2) }, () => draws.oneOf([16, 24, 32])),
    }),
    shows: (run) => finite(run) && median(run.curves.val_acc.slice(-8)) > median(run.curves.train_acc.slice(-8)) + 0.08,
  },
  not_trained_long_enough: {
    provoke: (settings, draws) => ({ ...settings, ...constant, rate: settings.rate * draws.uniform(0.4, 1), epochs: draws.whole(5, 16) }),
    async shows(run) {
      const { train_loss } = run.curves;
      if (!finite(run) || last(train_loss) > 0.85 * chance(run) || last(train_loss) < 0.1 * chance(run)) return false;
      const { before, after } = await run.goOn(train_loss.length, 1);
      return after < 0.65 * before;
    },
  },
};

export const describe = ({
  task,
  hidden,
  filters,
  activation,
  rule,
  rate,
  decayName,
  batch,
  samples,
  wrong,
  scale,
  weightDecay,
  dropout,
  loss,
}: Settings): string =>
  [
    task.name,
    `${filters > 0 ? `convolution ${filters}, ` : ''}hidden ${hidden.join('x') || 'none'}, ${activation}`,
    `${rule} at ${rate.toPrecision(2)}, ${decayName}`,
    `batch ${batch}, ${samples} samples, ${loss}`,
    ...(wrong > 0 ? [`${Math.round(100 * wrong)}% wrong labels`] : []),
    ...(scale !== 1 ? [`weights times ${scale.toPrecision(2)}`] : []),
    ...(weightDecay > 0 ? [`weight decay ${weightDecay.toPrecision(2)}`] : []),
    ...(dropout > 0 ? [`dropout ${dropout.toPrecision(2)}`] : []),
  ].join('; ');
