import { chain, transform, zeros, type Transform } from '@downhill/core';
import {
  adadelta,
  adafactor,
  adagrad,
  adam,
  adamax,
  adamw,
  adaptiveClip,
  amsgrad,
  asgd,
  centralizeGradients,
  clipByGlobalNorm,
  clipByNorm,
  clipByValue,
  decayWeights,
  ftrl,
  lamb,
  lars,
  lion,
  nadam,
  nadamw,
  radam,
  rmsprop,
  rmspropTf,
  rprop,
  scaleByLearningRate,
  scaleByMomentum,
  scaleByRms,
  lookahead,
  muon,
  scheduleFreeAdamw,
  scheduleFreeSgd,
  sgd,
  sgdw,
  type AdafactorOptions,
  type AdagradOptions,
  type AdamwOptions,
  type AdaptiveClipOptions,
  type FtrlOptions,
  type LambOptions,
  type LarsOptions,
  type LionOptions,
  type NadamOptions,
  type NadamwOptions,
  type RmspropTfOptions,
  type RpropOptions,
  type LookaheadOptions,
  type MuonOptions,
  type ScheduleFreeAdamwOptions,
  type ScheduleFreeSgdOptions,
  type SgdOptions,
  type SgdwOptions,
} from '@downhill/optimizers';
import { inverseTime } from '@downhill/schedulers';
import { NotCovered, type Config } from '../family.ts';
import { transformNames, translate } from '../mapping.ts';
import { baseOf } from './wrapped.ts';

/** What a file is replayed with. */
export interface Transforms {
  /** The rule as it moves the weights. */
  readonly whole: Transform;
  /** The same, with what its first part hands on kept as {@link HANDED_ON}, where the file has it; else the same as `whole`. */
  readonly gradient: Transform;
}

type Build = (options: Record<string, unknown>) => Transforms;

/** A builder from our options. They come out of a file: the factories check them. */
const rule =
  <Options>(build: (options: Options) => Transform): Build =>
  (options) => {
    const whole = build(options as Options);
    return { whole, gradient: whole };
  };

/** The name under which what a transform hands on is kept. */
export const HANDED_ON = 'handedOn/gradient';

const handedOn = (): Transform =>
  transform({ name: 'handedOn', config: {}, slots: { gradient: zeros }, update: (g) => ({ update: g, slots: { gradient: g } }) });

const clipping =
  <Options extends object>(build: (options: Options) => Transform): Build =>
  ({ learningRate, ...options }) => {
    const gradient = build(options as Options);
    const rest = sgd({ learningRate: learningRate as number });
    return { whole: chain(gradient, rest), gradient: chain(gradient, handedOn(), rest) };
  };

/** PyTorch's `weight_decay` where it is an L2 penalty, under rules whose options know only the decoupled one. */
const withL2 = ({ weightDecay }: { weightDecay: number }, inner: Transform): Transform => chain(decayWeights(weightDecay), inner);

const l2 = <Options extends object>(build: (options: Options) => Transform): Build =>
  rule(({ weightDecay, ...options }: { weightDecay: number }) => withL2({ weightDecay }, build(options as Options)));

/** timm's decoupled decay is no option of ours: the parts are put together as a user would. */
function tensorflowRms(options: RmspropTfOptions & { weightDecay: number; decoupledDecay: boolean }): Transform {
  const { weightDecay, decoupledDecay, ...rest } = options;
  if (!decoupledDecay) return withL2({ weightDecay }, rmspropTf(rest));
  const { learningRate = 0, momentum = 0, rateInMomentum: inMomentum = false, ...rms } = rest;
  if (inMomentum) throw new NotCovered('a decoupled decay beside a rate in the momentum');
  const direction = scaleByRms({ ...rms, epsilonInRoot: true, initialScale: 1 });
  return chain(direction, scaleByMomentum({ momentum }), decayWeights(weightDecay), scaleByLearningRate(learningRate));
}

/** Without a rate timm's is relative to the step, and to the weights if so asked; one that is given is taken as it is. */
function timmAdafactor(options: AdafactorOptions & { learningRate: number | null; betas: readonly number[] | null }): Transform {
  const { learningRate, scaleParameter = true, betas, ...rest } = options;
  const rate =
    learningRate === null
      ? { learningRate: 0.01, relativeStep: true, scaleParameter }
      : { learningRate, relativeStep: false, scaleParameter: false };
  return adafactor({ ...rest, ...rate, beta1: betas?.[0] ?? 0 });
}

type UnitAxis = { readonly unitAxis: 'first' | 'last' };

const axisOf = ({ unitAxis }: UnitAxis): number => (unitAxis === 'first' ? 0 : -1);

/** timm's names of how long an update is. */
function adjusted(adjustment: string): Pick<MuonOptions, 'adjustLearningRate'> {
  const names: Readonly<Record<string, MuonOptions['adjustLearningRate']>> = {
    match_rms_adamw: 'matchRmsAdamw',
    original: 'original',
    rms_to_rms: 'rmsToRms',
  };
  const adjustLearningRate = names[adjustment];
  if (adjustLearningRate === undefined) throw new NotCovered(`no length of an update named '${adjustment}'`);
  return { adjustLearningRate };
}

/** By the names of the mapping. */
export const builders: Readonly<Record<string, Build>> = {
  sgd: rule((options: SgdOptions) => sgd(options)),
  sgdw: rule((options: SgdwOptions) => sgdw(options)),
  adagrad: rule(
    ({ weightDecay, learningRate, rate, ...options }: AdagradOptions & { weightDecay: number; learningRate: number; rate: number }) =>
      withL2({ weightDecay }, adagrad({ ...options, learningRate: inverseTime({ from: learningRate, rate }) })),
  ),
  rmsprop: l2(rmsprop),
  rmsprop_tf: rule(tensorflowRms),
  adam: l2(adam),
  amsgrad: l2(amsgrad),
  adadelta: l2(adadelta),
  adamax: l2(adamax),
  // The file is of PyTorch 1.13, which has the old product.
  nadam: l2((options: NadamOptions) => nadam({ ...options, momentumSchedule: 'pytorch1' })),
  radam: l2(radam),
  asgd: l2(asgd),
  nadamw: rule((options: NadamwOptions) => nadamw(options)),
  rprop: rule((options: RpropOptions) => rprop(options)),
  lion: rule((options: LionOptions) => lion(options)),
  adafactor: rule(timmAdafactor),
  ftrl: rule(({ twiceL2, ...options }: FtrlOptions & { twiceL2: number }) => ftrl({ ...options, initialAccumulator: 0, l2: twiceL2 / 2 })),
  lamb: rule(({ maxGradNorm, ...options }: LambOptions & { maxGradNorm: number | null }) =>
    lamb(maxGradNorm === null ? options : { ...options, maxGradNorm }),
  ),
  lars: rule((options: LarsOptions) => lars(options)),
  adamw: rule((options: AdamwOptions) => adamw(options)),
  adaptive_clip: clipping(({ clipFactor, epsilon, ...unit }: { clipFactor: number } & Omit<AdaptiveClipOptions, 'unitAxis'> & UnitAxis) =>
    adaptiveClip(clipFactor, { epsilon: epsilon ?? 0, unitAxis: axisOf(unit) }),
  ),
  gradient_centralization: clipping((unit: UnitAxis) => centralizeGradients({ unitAxis: axisOf(unit) })),
  lookahead: rule(({ base, baseConfig, ...options }: LookaheadOptions & { base: string; baseConfig: Config }) =>
    lookahead(baseOf(base, baseConfig), options),
  ),
  schedulefree_sgd: rule((options: ScheduleFreeSgdOptions) => scheduleFreeSgd(options)),
  schedulefree_adamw: rule((options: ScheduleFreeAdamwOptions) => scheduleFreeAdamw(options)),
  muon: rule(({ adjustment, ...options }: MuonOptions & { adjustment: string }) => muon({ ...options, ...adjusted(adjustment) })),
  clip_by_value: clipping(({ limit }: { limit: number }) => clipByValue(limit)),
  clip_by_norm: clipping(({ maxNorm, epsilon }: { maxNorm: number; epsilon: number }) => clipByNorm(maxNorm, { epsilon })),
  clip_by_global_norm: clipping(({ maxNorm, epsilon }: { maxNorm: number; epsilon: number }) => clipByGlobalNorm(maxNorm, { epsilon })),
};

/** @throws NotCovered where no such rule is built, or an argument of it. */
export function transformsNamed(name: string, config: Config): Transforms {
  const names = transformNames[name];
  const build = builders[name];
  if (names === undefined || build === undefined) throw new NotCovered(`no update rule named '${name}'`);
  return build(translate(names, config));
}
