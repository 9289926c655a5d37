import { controlled, schedule, type Schedule } from '@downhill/core';
import {
  cosine,
  cosinePower,
  cosineWarmRestarts,
  exponential,
  inverseSqrt,
  inverseTime,
  linear,
  multiStep,
  noam,
  polynomial,
  product,
  reduceOnPlateau,
  rex,
  sequence,
  step,
  swaLearningRate,
  warmup,
  warmupStableDecay,
  type CosineOptions,
  type CosinePowerOptions,
  type CosineWarmRestartsOptions,
  type ExponentialOptions,
  type InverseTimeOptions,
  type LinearOptions,
  type MultiStepOptions,
  type NoamOptions,
  type PolynomialOptions,
  type ReduceOnPlateauOptions,
  type RexOptions,
  type StepOptions,
  type SwaLearningRateOptions,
  type WarmupStableDecayOptions,
} from '@downhill/schedulers';
import { casesOf, NotCovered, relativeError, type Config, type Deviation, type Family } from '../family.ts';
import { scheduleNames, translate } from '../mapping.ts';
import { from, type Build } from './schedulers/builder.ts';
import { cycleBuilders, momentumBuilders } from './schedulers/cycles.ts';
import { timmBuilders } from './schedulers/timm.ts';

/** The format of `schedulers/<name>.json`. */
interface ScheduleCase {
  readonly config: Config;
  readonly base_lr: number;
  /** The rate of each step. */
  readonly lr: readonly number[];
  /** The momentum of each step, of schedules that have one. */
  readonly momentum?: readonly number[];
  /** What a schedule that listens was told between one step and the next. */
  readonly metrics?: readonly number[];
}

/** By the names of the mapping. */
export const builders: Readonly<Record<string, Build>> = {
  ...cycleBuilders,
  ...timmBuilders,
  constant: from(({ factor, steps }: { factor: number; steps: number }, base) => sequence([factor * base, base], { milestones: [steps] })),
  step: from((options: StepOptions, base) => step({ ...options, from: base })),
  multistep: from((options: MultiStepOptions, base) => multiStep({ ...options, from: base })),
  exponential: from((options: ExponentialOptions, base) => exponential({ ...options, from: base })),
  exponential_staircase: from((options: ExponentialOptions, base) => exponential({ ...options, from: base })),
  inverse_time: from((options: InverseTimeOptions, base) => inverseTime({ ...options, from: base })),
  linear: from(({ from: start, to = 1, steps }: LinearOptions, base) => linear({ from: start * base, to: to * base, steps })),
  polynomial: from((options: PolynomialOptions, base) => polynomial({ ...options, from: base })),
  polynomial_end: from((options: PolynomialOptions, base) => polynomial({ ...options, from: base })),
  cosine: from((options: CosineOptions, base) => cosine({ ...options, from: base, hold: false })),
  cosine_warm_restarts: from((options: CosineWarmRestartsOptions, base) => cosineWarmRestarts({ ...options, from: base })),
  inverse_sqrt: from(({ steps, from: start, timescale }: { steps: number; from: number; timescale: number | null }, base) =>
    warmup(inverseSqrt({ from: base, timescale: timescale ?? steps }), { steps, from: start }),
  ),
  swa_lr: from((options: SwaLearningRateOptions, base) => swaLearningRate(base, { ...options, start: 0 })),
  sequential: from(({ schedules, milestones }: { schedules: readonly Config[]; milestones: readonly number[] }, base) =>
    sequence(
      schedules.map((config) => inner(config, base)),
      { milestones },
    ),
  ),
  warmup_cosine: from(({ start, warmupSteps, steps, ...options }: CosinePowerOptions & { start: number; warmupSteps: number }) =>
    warmup(cosinePower({ ...options, steps: steps - warmupSteps }), { steps: warmupSteps, from: start }),
  ),
  chained: from(({ schedules }: { schedules: readonly Config[] }, base) => product([base, ...schedules.map((config) => inner(config, 1))])),
  noam: from((options: NoamOptions, base) => noam({ ...options, factor: base })),
  reduce_on_plateau: from((options: ReduceOnPlateauOptions, base, metrics) => {
    const rate = controlled(base);
    const plateau = reduceOnPlateau(rate, options);
    const rates = metrics.map((metric) => {
      plateau.report(metric);
      return rate.value;
    });
    return schedule({ name: 'reported', config: {}, at: (t) => rates[t - 1] ?? base });
  }),
  rex: from((options: RexOptions) => rex(options)),
  wsd: from(
    ({ warmup: rise, stable, decay, shape, ratio }: Required<WarmupStableDecayOptions> & { stable: number; ratio: number }, base) => {
      const steps = rise + stable + decay;
      const form = { peak: base, steps, warmup: rise, decay };
      // The reference's shapes but the cosine run to 0, and jump to the lowest value from there.
      if (shape === 'cosine') return warmupStableDecay({ ...form, shape, to: ratio * base });
      return sequence([warmupStableDecay({ ...form, shape }), ratio * base], { milestones: [steps] });
    },
  ),
};

function scheduleNamed(
  name: string,
  config: Config,
  base: number,
  { among = builders, metrics = [] }: { among?: Readonly<Record<string, Build>>; metrics?: readonly number[] } = {},
): Schedule {
  const names = scheduleNames[name];
  const build = among[name];
  if (names === undefined || build === undefined) throw new NotCovered(`no schedule named '${name}'`);
  return build(translate(names, config), base, metrics);
}

/** A schedule within another names itself by `kind`, or by `combine`. */
function inner({ kind, ...config }: Config, base: number): Schedule {
  return scheduleNamed(String(kind ?? config.combine), config, base);
}

/** The references are written with 10 significant digits. */
const TOLERANCE = 1e-9;

function deviation(ours: Schedule, expected: readonly number[], where: string): Deviation {
  const values = expected.map((_, t) => ours.at(t));
  return { error: relativeError(values, expected), tolerance: TOLERANCE, where };
}

export const schedulers: Family = {
  name: 'schedulers',
  needsBackend: () => false,
  replay(name, file) {
    return casesOf<ScheduleCase>(file).flatMap(({ config, base_lr: base, lr, momentum, metrics = [], ...others }, i) => {
      const other = Object.keys(others)[0];
      if (other !== undefined) throw new NotCovered(`a schedule of \`${other}\` beside the rate`);
      const where = `case ${i + 1}`;
      const rate = deviation(scheduleNamed(name, config, base, { metrics }), lr, where);
      if (momentum === undefined) return [rate];
      return [rate, deviation(scheduleNamed(name, config, base, { among: momentumBuilders }), momentum, `${where}, momentum`)];
    });
  },
};
