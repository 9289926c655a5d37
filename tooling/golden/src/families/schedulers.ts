import type { Schedule } from '@downhill/core';
import {
  cosine,
  cosinePower,
  cosineWarmRestarts,
  exponential,
  inverseSqrt,
  inverseTime,
  linear,
  multiStep,
  polynomial,
  sequence,
  step,
  swaLearningRate,
  warmup,
  type CosineOptions,
  type CosinePowerOptions,
  type CosineWarmRestartsOptions,
  type ExponentialOptions,
  type InverseTimeOptions,
  type LinearOptions,
  type MultiStepOptions,
  type PolynomialOptions,
  type StepOptions,
  type SwaLearningRateOptions,
} from '@downhill/schedulers';
import { casesOf, NotCovered, relativeError, type Config, type Family } from '../family.ts';
import { scheduleNames, translate } from '../mapping.ts';

/** The format of `schedulers/<name>.json`. */
interface ScheduleCase {
  readonly config: Config;
  readonly base_lr: number;
  /** The rate of each step. */
  readonly lr: readonly number[];
}

type Build = (options: Record<string, unknown>, base: number) => Schedule;

/** A builder from our options. They come out of a file: the factories check them. */
const from =
  <Options>(build: (options: Options, base: number) => Schedule): Build =>
  (options, base) =>
    build(options as Options, base);

/** By the names of the mapping. */
export const builders: Readonly<Record<string, Build>> = {
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
};

function scheduleNamed(name: string, config: Config, base: number): Schedule {
  const names = scheduleNames[name];
  const build = builders[name];
  if (names === undefined || build === undefined) throw new NotCovered(`no schedule named '${name}'`);
  return build(translate(names, config), base);
}

/** A schedule within another names itself by `kind`, or by `combine`. */
function inner({ kind, ...config }: Config, base: number): Schedule {
  return scheduleNamed(String(kind ?? config.combine), config, base);
}

/** The references are written with 10 significant digits. */
const TOLERANCE = 1e-9;

export const schedulers: Family = {
  name: 'schedulers',
  needsBackend: () => false,
  replay(name, file) {
    return casesOf<ScheduleCase>(file).map(({ config, base_lr: base, lr, ...others }, i) => {
      const other = Object.keys(others)[0];
      if (other !== undefined) throw new NotCovered(`a schedule of \`${other}\` beside the rate`);
      const schedule = scheduleNamed(name, config, base);
      return {
        error: relativeError(
          lr.map((_, t) => schedule.at(t)),
          lr,
        ),
        tolerance: TOLERANCE,
        where: `case ${i + 1}`,
      };
    });
  },
};
